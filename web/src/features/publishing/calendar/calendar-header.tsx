import { ActionIcon, Button, Group, SegmentedControl, Title } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type CalendarView, calendarViews, rangeWords, stepped } from './calendar-range.ts'

type Props = {
  view: CalendarView
  day: string
  today: string
  weekStart: number
  onDay: (day: string) => void
  onView: (view: CalendarView) => void
}

const labels: Record<CalendarView, string> = {
  month: 'Month',
  week: 'Week',
  day: 'Day',
  list: 'List',
}

/** Which days are shown and how; one step back or on. */
export function CalendarHeader({ view, day, today, weekStart, onDay, onView }: Props) {
  const unit = view === 'list' ? 'month' : view
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="xs">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={`The ${unit} before`}
          onClick={() => onDay(stepped(view, day, -1))}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <Button variant="default" size="sm" onClick={() => onDay(today)}>
          Today
        </Button>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={`The ${unit} after`}
          onClick={() => onDay(stepped(view, day, 1))}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
        <Title order={2} ml={4} aria-live="polite">
          {rangeWords(view, day, weekStart)}
        </Title>
      </Group>
      <SegmentedControl
        aria-label="View"
        data={calendarViews.map((value) => ({ value, label: labels[value] }))}
        value={view}
        onChange={(value) => onView(calendarViews.find((one) => one === value) ?? 'month')}
      />
    </Group>
  )
}
