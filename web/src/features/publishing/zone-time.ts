/**
 * Wall-clock arithmetic on strings. A day is `2026-11-22`, a local time `2026-11-22T09:30`, both in
 * the workspace's zone. The browser's own zone is never asked: a person who travels sees the same
 * calendar as the one who stayed at home.
 */

const minutesInMs = 60_000
const dayInMs = 24 * 60 * minutesInMs

const utcOf = (local: string) => Date.parse(`${local.length === 10 ? `${local}T00:00` : local}Z`)

/** The local time that clocks in `zone` show at `instant`. */
export function localOf(instant: string | Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(typeof instant === 'string' ? new Date(instant) : instant)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

export const dayOf = (local: string) => local.slice(0, 10)
export const timeOf = (local: string) => local.slice(11, 16)

/** Whether text is a day that exists, such as 2026-02-28 but not 2026-02-30. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = utcOf(text)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}

export const addDays = (day: string, count: number) =>
  new Date(utcOf(day) + count * dayInMs).toISOString().slice(0, 10)

/** Adds months, staying in the month: 31 January and one month is the last of February. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + count, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return `${first.toISOString().slice(0, 8)}${String(Math.min(date, last)).padStart(2, '0')}`
}

/** Adds minutes on the face of the clock, without asking what the zone's rules say. */
export const addMinutes = (local: string, minutes: number) =>
  new Date(utcOf(local) + minutes * minutesInMs).toISOString().slice(0, 16)

/** 0 is Sunday. */
export const weekdayOf = (day: string) => new Date(utcOf(day)).getUTCDay()
export const startOfWeek = (day: string, weekStart: number) =>
  addDays(day, -((weekdayOf(day) - weekStart + 7) % 7))
export const startOfMonth = (day: string) => `${day.slice(0, 8)}01`
export const daysBetween = (from: string, to: string) =>
  Math.round((utcOf(to) - utcOf(from)) / dayInMs)

/** The next round quarter of an hour that is at least `ahead` minutes after `local`. */
export function roundedAhead(local: string, ahead: number): string {
  const step = 15 * minutesInMs
  return new Date(Math.ceil((utcOf(local) + ahead * minutesInMs) / step) * step)
    .toISOString()
    .slice(0, 16)
}

/**
 * The instants at which clocks in `zone` show `local`, in order: none in the hour that spring skips,
 * two in the hour that autumn repeats, else one.
 */
export function instantsOf(local: string, zone: string): string[] {
  const asIfUtc = utcOf(local)
  const offsets = [-dayInMs, dayInMs].map((shift) => {
    const near = new Date(asIfUtc + shift)
    return utcOf(localOf(near, zone)) - near.getTime()
  })
  return [...new Set(offsets)]
    .map((offset) => new Date(asIfUtc - offset))
    .filter((instant) => localOf(instant, zone) === local)
    .map((instant) => instant.toISOString())
    .toSorted()
}

const format = (local: string, options: Intl.DateTimeFormatOptions) =>
  // Editions of the locale data differ in the comma after the weekday.
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
    .format(utcOf(local))
    .replace(',', '')

/** `Sunday 22 November 2026` */
export const dayWords = (day: string) =>
  format(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
/** `Sunday 22 November`, where the year is plain. */
export const dayAndMonthWords = (day: string) =>
  format(day, { weekday: 'long', day: 'numeric', month: 'long' })
/** `Sun 22 Nov` */
export const shortDayWords = (day: string) =>
  format(day, { weekday: 'short', day: 'numeric', month: 'short' })
/** `November 2026` */
export const monthWords = (day: string) => format(day, { month: 'long', year: 'numeric' })
/** `Sun 22 Nov 2026, 09:30` */
export const localWords = (local: string) =>
  `${shortDayWords(dayOf(local))} ${local.slice(0, 4)}, ${timeOf(local)}`

/** An instant as clocks in `zone` show it, in words. */
export const instantWords = (instant: string, zone: string) => localWords(localOf(instant, zone))

/** `Amsterdam time` and how far from UTC it is then, such as `Amsterdam time (UTC+1)`. */
export function zoneWords(zone: string, instant: Date): string {
  const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
  const offset = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value
  return zone === 'UTC' ? 'UTC' : `${city} time (${(offset ?? '').replace('GMT', 'UTC')})`
}
