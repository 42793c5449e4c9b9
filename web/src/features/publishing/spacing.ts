/** Minutes between one target and the next, as people say them. */
export const spacingUnits = { minutes: 1, hours: 60, days: 60 * 24 } as const
export type SpacingUnit = keyof typeof spacingUnits

/** People space the same image over several places by up to 90 days. The API takes no more. */
const maxSpacingMinutes = 60 * 24 * 90

/** The largest unit in which the spacing is a whole number: 2880 minutes are 2 days. */
export function splitSpacing(minutes: number): { amount: number; unit: SpacingUnit } {
  if (minutes > 0 && minutes % spacingUnits.days === 0)
    return { amount: minutes / spacingUnits.days, unit: 'days' }
  if (minutes > 0 && minutes % spacingUnits.hours === 0)
    return { amount: minutes / spacingUnits.hours, unit: 'hours' }
  return { amount: minutes, unit: 'minutes' }
}

const plural = (amount: number, unit: SpacingUnit) =>
  `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`

export function joinSpacing(amount: number, unit: SpacingUnit): number {
  return Math.min(maxSpacingMinutes, Math.max(0, Math.round(amount)) * spacingUnits[unit])
}

/** What the spacing does to `count` targets, in words. */
export function spacingWords(minutes: number, count: number): string {
  if (count < 2) return ''
  if (minutes === 0) return `${count === 2 ? 'Both' : `All ${count}`} go out at the same time.`
  const { amount, unit } = splitSpacing(minutes)
  const whole = wordsOf(minutes * (count - 1))
  return count === 2
    ? `The second goes out ${plural(amount, unit)} after the first.`
    : `One every ${amount === 1 ? unit.slice(0, -1) : plural(amount, unit)}, the last ${whole} after the first.`
}

/** A length of time in its two largest units, such as `1 day 12 hours`. */
function wordsOf(minutes: number): string {
  const days = Math.floor(minutes / spacingUnits.days)
  const hours = Math.floor((minutes % spacingUnits.days) / 60)
  const rest = minutes % 60
  const words = [
    days && plural(days, 'days'),
    hours && plural(hours, 'hours'),
    rest && plural(rest, 'minutes'),
  ].filter(Boolean)
  return words.slice(0, 2).join(' ')
}
