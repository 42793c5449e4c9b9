import { Temporal } from 'temporal-polyfill'
import { AppError } from '../../platform/errors.ts'

/**
 * The instant that a wall-clock time means in a zone. Where a change of clocks leaves doubt, says
 * which one it took: a time that is skipped in spring counts from the old offset (02:30 becomes
 * 03:30), one that comes twice in autumn is the first or second as asked.
 */
export function instantOf(
  local: string,
  timeZone: string,
  repeatedHour: 'first' | 'second' = 'first',
): { at: Date; notes: string[] } {
  const plain = parseLocal(local)
  const first = plain.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  const second = plain.toZonedDateTime(timeZone, { disambiguation: 'later' })
  if (first.epochMilliseconds === second.epochMilliseconds) {
    return { at: new Date(first.epochMilliseconds), notes: [] }
  }
  if (!second.toPlainDateTime().equals(plain)) {
    const taken = second.toPlainDateTime()
    return {
      at: new Date(second.epochMilliseconds),
      notes: [
        `Clocks go forward then, so ${time(plain)} does not exist on that day. It goes out at ${time(taken)}.`,
      ],
    }
  }
  const taken = repeatedHour === 'second' ? second : first
  return {
    at: new Date(taken.epochMilliseconds),
    notes: [
      `Clocks go back then, so ${time(plain)} comes twice. It goes out the ${repeatedHour} time, at UTC${taken.offset}.`,
    ],
  }
}

/** The wall-clock time of an instant in a zone, as `2026-11-22T09:30`. */
export function localOf(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}

/** The instant at which a day begins in a zone (not always at midnight). */
export function startOfDay(day: string, timeZone: string): Date {
  const start = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone })
  return new Date(start.epochMilliseconds)
}

/** The same time of day on another day. */
export function moveToDay(at: Date, day: string, timeZone: string): { at: Date; notes: string[] } {
  return instantOf(`${day}T${localOf(at, timeZone).slice(11)}`, timeZone)
}

export type WeeklySlot = { weekday: number; time: string }

/** The first slots after `from` that nobody took, at most `count`, looking a year ahead. */
export function freeSlots(
  slots: readonly WeeklySlot[],
  taken: ReadonlySet<number>,
  from: Date,
  timeZone: string,
  count: number,
): Date[] {
  const found: Date[] = []
  if (slots.length === 0) return found
  let day = Temporal.PlainDate.from(localOf(from, timeZone).slice(0, 10))
  for (let ahead = 0; ahead < 366 && found.length < count; ahead++, day = day.add({ days: 1 })) {
    const today = slots
      // Temporal counts Monday 1 to Sunday 7; ours is 0 for Sunday.
      .filter((slot) => slot.weekday === day.dayOfWeek % 7)
      .map((slot) => instantOf(`${day}T${slot.time}`, timeZone).at)
      .sort((a, b) => a.getTime() - b.getTime())
    for (const at of today) {
      if (at > from && !taken.has(at.getTime()) && found.length < count) found.push(at)
    }
  }
  return found
}

function parseLocal(local: string): Temporal.PlainDateTime {
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' })
  } catch (cause) {
    throw new AppError('bad_request', {
      message: `There is no ${local.slice(0, 16)} in the calendar.`,
      field: 'local',
      fix: 'Choose a day that the month has.',
      cause,
    })
  }
}

const time = (local: Temporal.PlainDateTime) =>
  local.toPlainTime().toString({ smallestUnit: 'minute' })
