import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core'
import { DatePicker, TimeInput } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import { quickTimes } from '../quick-times.ts'
import { dayOf, instantsOf, localOf, localWords, timeOf, zoneWords } from '../zone-time.ts'

export type LocalChoice = { local: string; repeatedHour: 'first' | 'second' }

type Props = {
  zone: string
  weekStart: number
  value: LocalChoice
  error?: string
  onChange: (value: LocalChoice) => void
}

const isWeekday = (day: number): day is 0 | 1 | 2 | 3 | 4 | 5 | 6 => day >= 0 && day <= 6

/** A day and a time on the clocks of the workspace, wherever the person is. */
export function LocalTimeField({ zone, weekStart, value, error, onChange }: Props) {
  const now = localOf(new Date(), zone)
  const { local } = value
  const instants = instantsOf(local, zone)
  const pick = (next: string) => onChange({ ...value, local: next })
  return (
    <Stack gap="sm">
      <Group gap="xs" aria-label="Quick choices" role="group">
        {quickTimes(now).map((quick) => (
          <Button
            key={quick.words}
            size="compact-sm"
            variant={quick.local === local ? 'filled' : 'default'}
            onClick={() => pick(quick.local)}
          >
            {quick.words}
          </Button>
        ))}
      </Group>
      <Group align="flex-start" gap="lg">
        <DatePicker
          value={dayOf(local)}
          defaultDate={dayOf(local)}
          weekendDays={[]}
          minDate={dayOf(now)}
          firstDayOfWeek={isWeekday(weekStart) ? weekStart : 1}
          getDayProps={(day) => ({ 'data-today': day === dayOf(now) || undefined })}
          ariaLabels={{ previousMonth: 'Month before', nextMonth: 'Month after' }}
          onChange={(day) => {
            if (day) pick(`${day}T${timeOf(local)}`)
          }}
        />
        <Stack gap="xs" miw={180} flex={1}>
          <TimeInput
            label="Time"
            description={zoneWords(zone, new Date(instants[0] ?? Date.now()))}
            value={timeOf(local)}
            error={error}
            onChange={(event) => {
              const time = event.currentTarget.value.slice(0, 5)
              if (/^\d{2}:\d{2}$/.test(time)) pick(`${dayOf(local)}T${time}`)
            }}
          />
          <Text size="sm" fw={500} role="status">
            {localWords(local)}
          </Text>
          {instants.length === 0 ? <Skipped local={local} /> : null}
          {instants.length > 1 ? <Repeated value={value} onChange={onChange} /> : null}
        </Stack>
      </Group>
    </Stack>
  )
}

const Skipped = ({ local }: { local: string }) => (
  <Alert color="orange" p="xs">
    Clocks go forward that night and skip {timeOf(local)}. It goes out as much later as they skip.
  </Alert>
)

const Repeated = ({ value, onChange }: Pick<Props, 'value' | 'onChange'>) => (
  <Radio.Group
    label={`Clocks show ${timeOf(value.local)} twice that night`}
    value={value.repeatedHour}
    onChange={(hour) =>
      onChange({ ...value, repeatedHour: hour === 'second' ? 'second' : 'first' })
    }
  >
    <Stack gap={6} mt={6}>
      <Radio value="first" label="The first, before clocks go back" />
      <Radio value="second" label="The second, after" />
    </Stack>
  </Radio.Group>
)
