import { Select, type SelectProps } from '@mantine/core'
import { useMemo } from 'react'
import { zoneGroups } from './time-zones.ts'

type Props = Omit<SelectProps, 'data'> & {
  /** The zone chosen so far, which is offered even if this browser has another name for it. */
  chosen: string
}

/** Choose a time zone by the name of a city. */
export function ZoneSelect({ chosen, ...input }: Props) {
  const data = useMemo(() => zoneGroups(new Date(), [chosen]), [chosen])
  return (
    <Select
      label="Time zone"
      description="Times in the calendar and the queue are in this zone."
      searchable
      allowDeselect={false}
      nothingFoundMessage="No city with this name. Try a larger one nearby."
      maxDropdownHeight={280}
      {...input}
      data={data}
    />
  )
}
