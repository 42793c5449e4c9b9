import { Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import {
  joinSpacing,
  type SpacingUnit,
  spacingUnits,
  spacingWords,
  splitSpacing,
} from '../spacing.ts'

type Props = { minutes: number; count: number; onChange: (minutes: number) => void }

const units = Object.keys(spacingUnits) as SpacingUnit[]

/** How long after each other the targets of one post go out. */
export function SpacingField({ minutes, count, onChange }: Props) {
  const [unit, setUnit] = useState(splitSpacing(minutes).unit)
  const amount = minutes / spacingUnits[unit]
  return (
    <Stack gap={4}>
      <Group gap="xs" align="flex-end">
        <NumberInput
          label="Time between them"
          w={180}
          min={0}
          max={joinSpacing(Number.MAX_SAFE_INTEGER, 'minutes') / spacingUnits[unit]}
          allowDecimal={false}
          allowNegative={false}
          value={amount}
          onChange={(value) => onChange(joinSpacing(Number(value) || 0, unit))}
        />
        <NativeSelect
          aria-label="Unit of the time between them"
          data={units}
          value={unit}
          onChange={(event) => {
            const next = units.find((one) => one === event.currentTarget.value) ?? 'minutes'
            setUnit(next)
            onChange(joinSpacing(amount, next))
          }}
        />
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {spacingWords(minutes, count)}
      </Text>
    </Stack>
  )
}
