import { addDays, dayOf, roundedAhead, shortDayWords, weekdayOf } from './zone-time.ts'

/** Times that people choose most, none of them past. `now` is local. */
export function quickTimes(now: string): { words: string; local: string }[] {
  const today = dayOf(now)
  const monday = addDays(today, (8 - weekdayOf(today)) % 7 || 7)
  const choices = [
    { words: 'In an hour', local: roundedAhead(now, 60) },
    { words: 'This evening, 19:00', local: `${today}T19:00` },
    { words: 'Tomorrow, 09:00', local: `${addDays(today, 1)}T09:00` },
    { words: `${shortDayWords(monday)}, 09:00`, local: `${monday}T09:00` },
  ]
  const seen = new Set<string>()
  return choices.filter(({ local }) => {
    if (local <= now || seen.has(local)) return false
    seen.add(local)
    return true
  })
}
