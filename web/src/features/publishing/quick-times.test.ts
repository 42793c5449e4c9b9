import { describe, expect, it } from 'vitest'
import { quickTimes } from './quick-times.ts'

describe('quick times', () => {
  it('offers the next hour, this evening, tomorrow and Monday', () => {
    expect(quickTimes('2026-11-20T10:07')).toEqual([
      { words: 'In an hour', local: '2026-11-20T11:15' },
      { words: 'This evening, 19:00', local: '2026-11-20T19:00' },
      { words: 'Tomorrow, 09:00', local: '2026-11-21T09:00' },
      { words: 'Mon 23 Nov, 09:00', local: '2026-11-23T09:00' },
    ])
  })

  it('leaves out what is past or the same', () => {
    const onSundayNight = quickTimes('2026-11-22T21:00')
    expect(onSundayNight.map((one) => one.words)).toEqual(['In an hour', 'Tomorrow, 09:00'])
  })

  it('means the next Monday on a Monday', () => {
    expect(quickTimes('2026-11-23T08:00').at(-1)?.local).toBe('2026-11-30T09:00')
  })
})
