import {
  addDays,
  addMonths,
  dayWords,
  monthWords,
  shortDayWords,
  startOfMonth,
  startOfWeek,
} from '../zone-time.ts'

export const calendarViews = ['month', 'week', 'day', 'list'] as const
export type CalendarView = (typeof calendarViews)[number]

/** `to` is the day after the last, as the API takes it. */
export type DayRange = { from: string; to: string }

/** The days that a view shows around `day`, and so the only ones that it loads. */
export function visibleRange(view: CalendarView, day: string, weekStart: number): DayRange {
  if (view === 'day') return { from: day, to: addDays(day, 1) }
  if (view === 'week') {
    const from = startOfWeek(day, weekStart)
    return { from, to: addDays(from, 7) }
  }
  const first = startOfMonth(day)
  const next = addMonths(first, 1)
  if (view === 'list') return { from: first, to: next }
  return {
    from: startOfWeek(first, weekStart),
    to: addDays(startOfWeek(addDays(next, -1), weekStart), 7),
  }
}

/** The day around which the view stands after one step back (-1) or on (1). */
export function stepped(view: CalendarView, day: string, by: 1 | -1): string {
  if (view === 'day') return addDays(day, by)
  if (view === 'week') return addDays(day, 7 * by)
  return addMonths(startOfMonth(day), by)
}

/** What the view shows, in words for its heading. */
export function rangeWords(view: CalendarView, day: string, weekStart: number): string {
  if (view === 'day') return dayWords(day)
  if (view !== 'week') return monthWords(day)
  const { from, to } = visibleRange('week', day, weekStart)
  const last = addDays(to, -1)
  return `${shortDayWords(from)} to ${shortDayWords(last)} ${last.slice(0, 4)}`
}

/** Entries by the day on which they are due, in order; days without any are left out. */
export function groupByDay<Entry extends { dueLocal: string; targetId: string }>(
  entries: readonly Entry[],
): { day: string; entries: Entry[] }[] {
  const sorted = entries.toSorted(
    (a, b) => a.dueLocal.localeCompare(b.dueLocal) || a.targetId.localeCompare(b.targetId),
  )
  const days = new Map<string, Entry[]>()
  for (const entry of sorted) {
    const day = entry.dueLocal.slice(0, 10)
    const list = days.get(day)
    if (list) list.push(entry)
    else days.set(day, [entry])
  }
  return [...days].map(([day, list]) => ({ day, entries: list }))
}
