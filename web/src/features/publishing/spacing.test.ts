import { describe, expect, it } from 'vitest'
import { joinSpacing, spacingWords, splitSpacing } from './spacing.ts'

describe('spacing between targets', () => {
  it.each([
    [0, 0, 'minutes'],
    [90, 90, 'minutes'],
    [120, 2, 'hours'],
    [2880, 2, 'days'],
  ] as const)('splits %i minutes into %i %s', (minutes, amount, unit) => {
    expect(splitSpacing(minutes)).toEqual({ amount, unit })
  })

  it('keeps within what the API takes', () => {
    expect(joinSpacing(400, 'days')).toBe(60 * 24 * 90)
    expect(joinSpacing(-3, 'hours')).toBe(0)
  })

  it.each([
    [0, 1, ''],
    [0, 2, 'Both go out at the same time.'],
    [0, 3, 'All 3 go out at the same time.'],
    [60, 2, 'The second goes out 1 hour after the first.'],
    [1440, 3, 'One every day, the last 2 days after the first.'],
    [90, 4, 'One every 90 minutes, the last 4 hours 30 minutes after the first.'],
  ])('says %i minutes for %i targets in words', (minutes, count, words) => {
    expect(spacingWords(minutes, count)).toBe(words)
  })
})
