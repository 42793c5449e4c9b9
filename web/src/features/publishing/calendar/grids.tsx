import { DayView, MonthView, type ScheduleEventData, WeekView } from '@mantine/schedule'
import '@mantine/schedule/styles.layer.css'
import { useMemo } from 'react'
import type { CalendarEntry } from '../../../../../contract/publishing.ts'
import { dayOf, dayWords, localOf } from '../zone-time.ts'
import classes from './calendar.module.css'
import { eventOf, localOfGrid } from './calendar-events.ts'
import { EntryBox } from './entry-box.tsx'
import type { MoveProps } from './move-menu.tsx'
import type { Destiny } from './use-calendar.ts'

type Props = Omit<MoveProps, 'entry'> & {
  view: 'month' | 'week' | 'day'
  workspaceId: string
  day: string
  entries: readonly CalendarEntry[]
  /** Starts a post at a day, or at a local time. */
  onStart: (at: string) => void
  onOpenDay: (day: string) => void
}

type Drop = { eventId: string | number; newStart: string }

const mostInMonthCell = 3
const weekDay = (day: number) => Math.min(6, Math.max(0, day)) as 0 | 1 | 2 | 3 | 4 | 5 | 6

/** The visible days as a grid: of weeks, or of hours. */
export function CalendarGrid(props: Props) {
  return props.view === 'month' ? (
    <MonthGrid {...props} />
  ) : (
    <HourGrid {...props} view={props.view} />
  )
}

/** What all grids take: the entries, how each is drawn, and which may be dragged. */
function useGrid({ day, entries, workspaceId, ...move }: Props) {
  const { zone, weekStart, refusal, onMove } = move
  const events = useMemo(() => entries.map(eventOf), [entries])
  const entryOf = (id: string | number) => entries.find((one) => one.targetId === id)
  const today = dayOf(localOf(new Date(), zone))
  const shared = {
    date: day,
    events,
    withHeader: false,
    // Which days are the weekend is the workspace's to say; the grid would print them in red.
    weekendDays: [],
    withEventsDragAndDrop: refusal === null,
    canDragEvent: ({ id }: ScheduleEventData) => entryOf(id)?.canReschedule ?? false,
    renderEvent: (event: ScheduleEventData, box: Parameters<typeof EntryBox>[0]['box']) => (
      <EntryBox
        workspaceId={workspaceId}
        event={event}
        box={box}
        zone={zone}
        weekStart={weekStart}
        refusal={refusal}
        onMove={onMove}
      />
    ),
  }
  const drop = (to: (newStart: string) => Destiny) => (dropped: Drop) => {
    const entry = entryOf(dropped.eventId)
    if (entry) onMove(entry, to(dropped.newStart))
  }
  return { shared, today, drop }
}

function MonthGrid(props: Props) {
  const { shared, today, drop } = useGrid(props)
  return (
    <MonthView
      {...shared}
      consistentWeeks={false}
      highlightToday={false}
      firstDayOfWeek={weekDay(props.weekStart)}
      weekdayFormat="ddd"
      maxEventsPerDay={mostInMonthCell}
      getDayProps={(cell) => dayProps(cell, today)}
      onDayClick={(cell) => {
        if (cell >= today) props.onStart(cell)
      }}
      onEventDrop={drop((newStart) => ({ day: newStart.slice(0, 10) }))}
    />
  )
}

function HourGrid({ view, ...props }: Props & { view: 'week' | 'day' }) {
  const { shared, today, drop } = useGrid({ ...props, view })
  const hours = {
    ...shared,
    className: classes.hours,
    getCurrentTime: () => `${localOf(new Date(), props.zone).replace('T', ' ')}:00`,
    slotHeight: 56,
    eventDragInterval: 15,
    intervalMinutes: 60,
    startScrollTime: '07:00:00',
    scrollAreaProps: { mah: 'max(420px, calc(100dvh - 260px))' },
    onTimeSlotClick: ({ slotStart }: { slotStart: string }) => {
      const local = localOfGrid(slotStart)
      if (dayOf(local) >= today) props.onStart(local)
    },
    onEventDrop: drop((newStart) => ({ local: localOfGrid(newStart) })),
  }
  if (view === 'day') return <DayView {...hours} withAllDaySlot={false} />
  return (
    <WeekView
      {...hours}
      withAllDaySlots={false}
      withWeekNumber={false}
      highlightToday
      firstDayOfWeek={weekDay(props.weekStart)}
      onDateChange={props.onOpenDay}
    />
  )
}

/** Today is the workspace's, and only days to come start a post. */
const dayProps = (day: string, today: string) => ({
  className: classes.day,
  'data-now': day === today || undefined,
  'data-open': day >= today || undefined,
  'aria-label': day >= today ? `Write a post for ${dayWords(day)}` : dayWords(day),
})
