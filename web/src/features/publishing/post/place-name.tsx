import { Text } from '@mantine/core'
import { useDestinationChildren, useDestinations } from '../composer/use-destinations.ts'
import type { Destination } from '../draft.ts'

type Props = { connectionId: string; destination: Destination; noun: string }

/** The name of the chosen board and section, asked from the network as nothing of it is stored. */
export function PlaceName({ connectionId, destination, noun }: Props) {
  const boards = useDestinations(connectionId, destination.id)
  const parts = useDestinationChildren(
    connectionId,
    destination.childId ? destination.id : null,
    destination.childId,
  )
  const board = boards.places.find((one) => one.id === destination.id)?.name
  const part = parts.places.find((one) => one.id === destination.childId)?.name
  const known = board ?? (boards.isLoading || boards.hasMore ? `the chosen ${noun}` : null)
  return (
    <Text size="sm" c="dimmed">
      {known ? [known, part].filter(Boolean).join(', ') : `A ${noun} that can’t be found now`}
    </Text>
  )
}
