import { ActionIcon, Alert, Group, Paper, SimpleGrid, Stack, Text, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Connection, Manifest } from '../../../../../contract/networks.ts'
import { ConnectionName } from '../connection-name.tsx'
import type { DraftTarget } from '../draft.ts'
import { PlaceSelect } from './place-select.tsx'
import { useDestinationChildren, useDestinations } from './use-destinations.ts'

type Props = {
  target: DraftTarget
  connection: Connection | undefined
  manifest: Manifest | undefined
  place: { index: number; count: number }
  disabled: boolean
  onChange: (target: DraftTarget) => void
  onMove: (to: number) => void
  onRemove: () => void
  children?: ReactNode
}

/** One place where the post goes: the connection, and there the board and the section. */
export function TargetRow(props: Props) {
  const { connection, manifest, children } = props
  return (
    <Paper withBorder p="sm" component="li" style={{ listStyle: 'none' }}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          {connection ? (
            <ConnectionName connection={connection} manifest={manifest} />
          ) : (
            <Text size="sm">A connection that is gone</Text>
          )}
          <Acts {...props} />
        </Group>
        {connection && !connection.can.publish.ok ? (
          <Alert color="orange" p="xs">
            {connection.can.publish.why}
          </Alert>
        ) : null}
        {connection && manifest?.destination ? (
          <Places {...props} connection={connection} destination={manifest.destination} />
        ) : null}
        {children}
      </Stack>
    </Paper>
  )
}

type PlacesProps = Props & {
  connection: Connection
  destination: NonNullable<Manifest['destination']>
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function Places({
  target,
  connection,
  destination: { noun, child },
  disabled,
  onChange,
}: PlacesProps) {
  const chosen = target.destination
  const boards = useDestinations(connection.id, chosen?.id ?? null)
  const parts = useDestinationChildren(
    connection.id,
    child ? (chosen?.id ?? null) : null,
    chosen?.childId ?? null,
  )
  const hasParts = child !== null && chosen !== null
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <PlaceSelect
        label={capital(noun)}
        noun={noun}
        value={chosen?.id ?? null}
        live={boards}
        disabled={disabled}
        onChange={(id) => onChange({ ...target, destination: id ? { id, childId: null } : null })}
      />
      {hasParts ? (
        <PlaceSelect
          label={capital(child)}
          noun={child}
          none={`No ${child}`}
          value={chosen.childId}
          live={parts}
          disabled={disabled}
          onChange={(childId) => onChange({ ...target, destination: { ...chosen, childId } })}
        />
      ) : null}
    </SimpleGrid>
  )
}

function Acts({ place: { index, count }, disabled, onMove, onRemove }: Props) {
  if (disabled) return null
  return (
    <Group gap={2} wrap="nowrap">
      {count > 1 ? (
        <>
          <Act words="Earlier" off={index === 0} onClick={() => onMove(index - 1)}>
            <IconArrowUp size={16} />
          </Act>
          <Act words="Later" off={index === count - 1} onClick={() => onMove(index + 1)}>
            <IconArrowDown size={16} />
          </Act>
        </>
      ) : null}
      <Act words="Remove" onClick={onRemove}>
        <IconTrash size={16} />
      </Act>
    </Group>
  )
}

function Act(props: { words: string; off?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={props.words}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={props.words}
        disabled={props.off}
        onClick={props.onClick}
      >
        {props.children}
      </ActionIcon>
    </Tooltip>
  )
}
