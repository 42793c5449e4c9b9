import { Alert, Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Can } from '../../../../contract/base.ts'
import type { Connection } from '../../../../contract/networks.ts'
import { query } from '../../app/api.ts'
import { faultOf, showFault } from '../../app/errors.ts'
import { useDestinationChildren, useDestinations } from './use-destinations.ts'
import { useManifest } from './use-manifest.ts'

type Props = { connection: Connection; may: Can }
type Choice = NonNullable<Connection['defaultDestination']>

/** Where posts of this connection go unless one says otherwise; asked live from the network. */
export function DefaultDestination({ connection, may }: Props) {
  const queries = useQueryClient()
  const manifest = useManifest(connection.network)
  const save = useMutation(
    query.networks.updateConnection.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: query.networks.connections.key() }),
      onError: showFault,
    }),
  )
  if (!manifest?.destination) return null
  const shown = save.isPending ? save.variables?.defaultDestination : connection.defaultDestination
  return (
    <Picker
      connectionId={connection.id}
      noun={manifest.destination.noun}
      child={manifest.destination.child}
      value={shown ?? null}
      can={may}
      onChange={(defaultDestination) => save.mutate({ id: connection.id, defaultDestination })}
    />
  )
}

type PickerProps = {
  connectionId: string
  /** What the network calls such a place, such as `board`, and a part of it, such as `section`. */
  noun: string
  child: string | null
  value: Choice | null
  can: Can
  onChange: (choice: Choice | null) => void
}

function Picker({ connectionId, noun, child, value, can, onChange }: PickerProps) {
  const places = useDestinations(connectionId)
  if (places.isPending)
    return <Skeleton h={60} role="status" aria-label={`Asking for each ${noun}`} />
  if (places.error) {
    return (
      <Alert color="yellow" title={faultOf(places.error).message}>
        <Stack align="flex-start" gap="xs">
          <Text fz="sm">{faultOf(places.error).fix}</Text>
          <Button size="xs" variant="default" onClick={() => void places.refetch()}>
            Ask again
          </Button>
        </Stack>
      </Alert>
    )
  }
  const gone = value && !places.data.some(({ id }) => id === value.id)
  return (
    <Group grow align="flex-start" gap="sm" preventGrowOverflow={false}>
      <Select
        label={`Default ${noun}`}
        placeholder={`Choose a ${noun}`}
        miw={180}
        searchable
        clearable={can.ok}
        disabled={!can.ok}
        description={can.why}
        nothingFoundMessage={`No ${noun} with this name`}
        error={gone ? `The ${noun} chosen before is no longer there. Choose another.` : null}
        data={places.data.map((place) => ({
          value: place.id,
          label: place.private ? `${place.name} (secret)` : place.name,
        }))}
        value={gone ? null : (value?.id ?? null)}
        onChange={(id) => onChange(id ? { id, childId: null } : null)}
      />
      {value && child && !gone ? (
        <ChildPicker
          connectionId={connectionId}
          noun={child}
          value={value}
          can={can}
          onChange={onChange}
        />
      ) : null}
    </Group>
  )
}

type ChildProps = Omit<PickerProps, 'child' | 'value'> & { value: Choice }

function ChildPicker({ connectionId, noun, value, can, onChange }: ChildProps) {
  const parts = useDestinationChildren(connectionId, value.id)
  if (!parts.data || parts.data.length === 0) return null
  return (
    <Select
      label={`Default ${noun}`}
      placeholder={`No ${noun}`}
      miw={160}
      searchable
      clearable={can.ok}
      disabled={!can.ok}
      data={parts.data.map((part) => ({ value: part.id, label: part.name }))}
      value={value.childId}
      onChange={(childId) => onChange({ id: value.id, childId })}
    />
  )
}
