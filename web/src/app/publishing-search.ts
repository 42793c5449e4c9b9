import type { LibrarySearch } from '../features/media/library-page.tsx'
import { calendarViews } from '../features/publishing/calendar/calendar-range.ts'
import type { CalendarSearch } from '../features/publishing/calendar-page.tsx'
import type { PostsFilter } from '../features/publishing/queries.ts'
import { isTargetState } from '../features/publishing/state-names.ts'
import { isDay } from '../features/publishing/zone-time.ts'

/** What stands in an address, as the router read it: anything may. */
export type RawSearch = Record<string, unknown>

// By hand, and not by the contract's schemas, to keep the validation library out of the pages.
const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)
const id = (value: unknown) => (isId(value) ? value : undefined)
/** The router reads `?search=2026` as a number. */
const text = (value: unknown) => {
  const read = typeof value === 'number' ? String(value) : value
  return typeof read === 'string' && read !== '' ? read.slice(0, 100) : undefined
}
const day = (value: unknown) => (typeof value === 'string' && isDay(value) ? value : undefined)
const state = (value: unknown) => (isTargetState(value) ? value : undefined)

/** A page leaves out what it does not understand in its address; it never fails over it. */
export const readCalendarSearch = (raw: RawSearch): CalendarSearch => ({
  view: calendarViews.find((view) => view === raw.view),
  day: day(raw.day),
  state: state(raw.state),
  connectionId: id(raw.connectionId),
})

export const readPostsSearch = (raw: RawSearch): PostsFilter => ({
  search: text(raw.search),
  state: state(raw.state),
  connectionId: id(raw.connectionId),
})

export const readLibrarySearch = (raw: RawSearch): LibrarySearch => ({
  kind: raw.kind === 'image' || raw.kind === 'video' ? raw.kind : undefined,
  search: text(raw.search),
  file: id(raw.file),
})

export type NewPostSearch = {
  /** The day or local time at which it was started from the calendar. */
  at?: string
  /** The post that it has become. */
  post?: string
}

export function readNewPostSearch(raw: RawSearch): NewPostSearch {
  const at = typeof raw.at === 'string' ? raw.at : ''
  const isAt =
    isDay(at) || (isDay(at.slice(0, 10)) && /^T([01]\d|2[0-3]):[0-5]\d$/.test(at.slice(10)))
  return { at: isAt ? at : undefined, post: id(raw.post) }
}
