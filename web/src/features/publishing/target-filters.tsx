import { Select } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { TargetState } from '../../../../contract/publishing.ts'
import { connectionsQuery } from './queries.ts'
import { isTargetState, stateNames } from './state-names.ts'
import { filterStates } from './target-states.ts'

export type TargetFilter = { state?: TargetState; connectionId?: string }

type Props = { filter: TargetFilter; onFilter: (filter: TargetFilter) => void }

/** Narrows a list by the connection and the state of its targets. */
export function TargetFilters({ filter, onFilter }: Props) {
  const { items } = useSuspenseQuery(connectionsQuery()).data
  return (
    <>
      <Select
        w={{ base: 'calc(50% - 6px)', sm: 180 }}
        aria-label="Connection"
        placeholder="All connections"
        clearable
        data={items.map((one) => ({ value: one.id, label: one.label }))}
        value={filter.connectionId ?? null}
        onChange={(id) => onFilter({ ...filter, connectionId: id ?? undefined })}
      />
      <Select
        w={{ base: 'calc(50% - 6px)', sm: 150 }}
        aria-label="State"
        placeholder="All states"
        clearable
        data={filterStates.map((state) => ({ value: state, label: stateNames[state] }))}
        value={filter.state ?? null}
        onChange={(state) =>
          onFilter({ ...filter, state: isTargetState(state) ? state : undefined })
        }
      />
    </>
  )
}
