/**
 * Stands in for `rrule`, of which the calendar component has 13 KB for events that repeat. A target
 * is due once, so nothing here may ever ask for it.
 */
export const RRule = {
  fromString(): never {
    throw new Error('No event of this calendar repeats')
  },
}
