import { describe, expect, it } from 'vitest'
import { offsetWords, ownWeekStart, zoneGroups, zoneOption } from './time-zones.ts'

const winter = new Date('2026-01-15T12:00:00Z')
const summer = new Date('2026-07-15T12:00:00Z')

describe('offsetWords', () => {
  it.each([
    ['Europe/Amsterdam', winter, 'UTC+01:00'],
    ['Europe/Amsterdam', summer, 'UTC+02:00'],
    ['Asia/Kolkata', winter, 'UTC+05:30'],
    ['America/St_Johns', winter, 'UTC−03:30'],
    ['UTC', winter, 'UTC+00:00'],
  ])('%s at %s', (zone, at, words) => {
    expect(offsetWords(zone, at)).toBe(words)
  })
})

describe('zoneOption', () => {
  it('names the city first', () => {
    expect(zoneOption('America/Argentina/Buenos_Aires', winter)).toEqual({
      value: 'America/Argentina/Buenos_Aires',
      label: 'Buenos Aires, Argentina (UTC−03:00)',
    })
  })
})

describe('zoneGroups', () => {
  const values = (also: string[]) =>
    zoneGroups(winter, also).flatMap(({ items }) => items.map(({ value }) => value))

  it('offers each zone once', () => {
    const all = values(['Europe/Amsterdam', 'UTC'])
    expect(all.length).toBe(new Set(all).size)
    expect(all).toContain('Europe/Amsterdam')
    expect(all).toContain('UTC')
  })

  it('offers a zone that is known by another name only', () => {
    expect(values(['Asia/Calcutta'])).toContain('Asia/Calcutta')
  })
})

describe('ownWeekStart', () => {
  it.each([
    ['en-GB', 1],
    ['en-US', 0],
    ['ar-EG', 6],
    ['en-US@posix', 0],
    ['en_GB', 1],
    ['', 1],
    ['C', 1],
  ])('%s', (language, day) => {
    expect(ownWeekStart(language)).toBe(day)
  })
})
