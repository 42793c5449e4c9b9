export type Slot = { weekday: number; time: string }

export const weekdays = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
]

/** The seven days in the order of a week that begins on `start`; 0 is Sunday. */
export const weekFrom = (start: number): number[] =>
  Array.from({ length: 7 }, (_, index) => (start + index) % 7)

const same = (a: Slot, b: Slot) => a.weekday === b.weekday && a.time === b.time

/** Adds one time on several days, each once, in order. */
export function addSlots(slots: Slot[], days: number[], time: string): Slot[] {
  const added = days
    .map((weekday) => ({ weekday, time }))
    .filter((slot) => !slots.some((known) => same(known, slot)))
  return inOrder([...slots, ...added])
}

export const removeSlot = (slots: Slot[], gone: Slot): Slot[] =>
  slots.filter((slot) => !same(slot, gone))

const inOrder = (slots: Slot[]): Slot[] =>
  slots.toSorted((a, b) => a.weekday - b.weekday || a.time.localeCompare(b.time))

export const sameSlots = (a: Slot[], b: Slot[]): boolean =>
  JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b))
