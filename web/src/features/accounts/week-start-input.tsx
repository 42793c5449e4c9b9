import { Input, SegmentedControl } from '@mantine/core'
import { useId } from 'react'

const days = [
  { value: '1', label: 'Monday' },
  { value: '0', label: 'Sunday' },
  { value: '6', label: 'Saturday' },
]

type Props = { value: number; onChange: (value: number) => void; disabled?: boolean }

/** The day with which weeks of the calendar begin: 0 is Sunday. */
export function WeekStartInput({ value, onChange, disabled }: Props) {
  const label = useId()
  return (
    <Input.Wrapper label="Weeks start on" labelElement="div" labelProps={{ id: label }}>
      <SegmentedControl
        aria-labelledby={label}
        fullWidth
        mt={4}
        data={days}
        value={String(value)}
        onChange={(day) => onChange(Number(day))}
        disabled={disabled}
      />
    </Input.Wrapper>
  )
}
