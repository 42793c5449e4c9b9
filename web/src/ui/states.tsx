import { Button, Center, EmptyState, Loader, Paper } from '@mantine/core'
import { IconAlertTriangle, IconMoodEmpty } from '@tabler/icons-react'
import type { ReactNode } from 'react'

type EmptyProps = {
  title: string
  /** What would be here, and how it comes here. */
  words: string
  icon?: ReactNode
  /** The one thing to do next. */
  action?: ReactNode
  /** Level of its heading: 1 where it is the whole page. */
  order?: 1 | 2
}

/** Stands where a list has nothing to show. */
export function Empty({ title, words, icon, action, order = 2 }: EmptyProps) {
  return (
    <Paper withBorder p="xl" radius="lg">
      <EmptyState variant="light" icon={icon ?? <IconMoodEmpty stroke={1.5} />}>
        <EmptyState.Title order={order}>{title}</EmptyState.Title>
        <EmptyState.Description>{words}</EmptyState.Description>
        {action ? <EmptyState.Actions>{action}</EmptyState.Actions> : null}
      </EmptyState>
    </Paper>
  )
}

type FailedProps = { title: string; words?: string | null; onRetry?: () => void; order?: 1 | 2 }

/** Stands where something could not be loaded. */
export function Failed({ title, words, onRetry, order = 2 }: FailedProps) {
  return (
    <Paper withBorder p="xl" radius="lg" role="alert">
      <EmptyState variant="light" color="red" icon={<IconAlertTriangle stroke={1.5} />}>
        <EmptyState.Title order={order}>{title}</EmptyState.Title>
        {words ? <EmptyState.Description>{words}</EmptyState.Description> : null}
        {onRetry ? (
          <EmptyState.Actions>
            <Button variant="default" onClick={onRetry}>
              Try again
            </Button>
          </EmptyState.Actions>
        ) : null}
      </EmptyState>
    </Paper>
  )
}

export function Waiting() {
  return (
    <Center mih="50vh" role="status" aria-busy="true" aria-label="Loading">
      <Loader type="dots" />
    </Center>
  )
}
