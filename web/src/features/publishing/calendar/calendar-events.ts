import type { ScheduleEventData } from '@mantine/schedule'
import type { CalendarEntry } from '../../../../../contract/publishing.ts'
import { stateLooks } from '../target-states.ts'
import { addMinutes, dayOf } from '../zone-time.ts'
import { nameOf } from './entry-name.ts'

/** How tall an entry stands in a grid of hours. Going out takes no time of its own. */
const shownMinutes = 30

const asDateTime = (local: string) => `${local.replace('T', ' ')}:00`

/** An entry as the grids take it, ending on its own day. */
export function eventOf(entry: CalendarEntry): ScheduleEventData {
  const end = addMinutes(entry.dueLocal, shownMinutes)
  const sameDay = dayOf(end) === dayOf(entry.dueLocal)
  return {
    id: entry.targetId,
    title: nameOf(entry),
    start: asDateTime(entry.dueLocal),
    end: sameDay ? asDateTime(end) : `${dayOf(entry.dueLocal)} 23:59:59`,
    color: stateLooks[entry.state].colour,
    payload: { entry },
  }
}

/** `2026-11-22 09:30:00` as the grids give it, as the API takes it. */
export const localOfGrid = (dateTime: string) => dateTime.slice(0, 16).replace(' ', 'T')
