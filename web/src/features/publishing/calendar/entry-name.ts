import type { CalendarEntry } from '../../../../../contract/publishing.ts'
import { dayOf } from '../zone-time.ts'

/** A name to speak of an entry by. */
export const nameOf = ({ title, excerpt, dueLocal }: CalendarEntry) =>
  title || excerpt || `The post of ${dayOf(dueLocal)}`
