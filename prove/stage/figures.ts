/** One measured or counted thing, as `npm run prove` and `npm run bench` print it. */
export type Figure = {
  /** `<command>.<what>`, such as `crash.duplicates`. */
  figure: string
  value: number
  unit?: string
  /** How many things were counted. */
  of?: number
  /** The same without our code, measured in the same run. */
  floor?: number
  ratio?: number
  bar?: number
  holds: boolean
} & Record<string, string | number | boolean | undefined>

let missed = 0

/** Prints a figure. One that does not hold makes the command end non-zero. */
export function tell(figure: Figure): void {
  if (!figure.holds) missed += 1
  process.exitCode = missed > 0 ? 1 : 0
  console.log(JSON.stringify(figure))
}

/** Says something to the person who watches, beside the figures. */
export function say(words: string): void {
  console.error(words)
}

/** To so many digits, so that a figure does not pretend to know more. */
export const rounded = (value: number, digits = 3): number => Number(value.toPrecision(digits))

/** The value under which `share` of the sorted values lie. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
