const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' })
const nearby = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })

/**
 * `3 hours ago`, `in 2 days`, `now`.
 * @param at an instant, ISO 8601
 * @param now milliseconds since 1970
 */
export function ago(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000
  // What is still to come is rounded: a week from a moment ago is not 6 days.
  const whole = seconds > 0 ? Math.round : Math.trunc
  const slack = seconds > 0 ? 0.97 : 1
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) < size * slack) continue
    return (unit === 'day' ? nearby : relative).format(whole(seconds / size), unit)
  }
  return 'now'
}

/** An instant in words, in the time zone of this device. */
export const fullTime = (at: string) => full.format(new Date(at))
