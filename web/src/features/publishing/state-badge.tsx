import { Badge, Loader } from '@mantine/core'
import type { TargetState } from '../../../../contract/publishing.ts'
import { stateNames } from './state-names.ts'
import { isAtWork, stateLooks } from './target-states.ts'

/** The state of a target: its words, an icon and a colour. */
export function StateBadge({ state, size = 'md' }: { state: TargetState; size?: 'sm' | 'md' }) {
  const { colour, icon: Icon } = stateLooks[state]
  return (
    <Badge
      size={size}
      variant="default"
      tt="none"
      fw={500}
      leftSection={
        isAtWork(state) ? (
          <Loader size={10} color={colour} />
        ) : (
          <Icon size={13} color={`var(--mantine-color-${colour}-6)`} aria-hidden />
        )
      }
    >
      {stateNames[state]}
    </Badge>
  )
}
