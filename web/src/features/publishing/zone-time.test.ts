import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMinutes,
  addMonths,
  daysBetween,
  dayWords,
  instantsOf,
  instantWords,
  isDay,
  localOf,
  roundedAhead,
  startOfWeek,
  zoneWords,
} from './zone-time.ts'

describe('wall-clock time in a zone', () => {
  it.each([
    ['2026-11-22T08:30:00Z', 'Europe/Amsterdam', '2026-11-22T09:30'],
    ['2026-07-01T22:30:00Z', 'Europe/Amsterdam', '2026-07-02T00:30'],
    ['2026-01-01T00:00:00Z', 'America/Los_Angeles', '2025-12-31T16:00'],
    ['2026-01-01T00:00:00Z', 'Asia/Kathmandu', '2026-01-01T05:45'],
    ['2026-10-25T00:30:00Z', 'Europe/Amsterdam', '2026-10-25T02:30'],
    ['2026-10-25T01:30:00Z', 'Europe/Amsterdam', '2026-10-25T02:30'],
  ])('reads %s in %s as %s', (instant, zone, local) => {
    expect(localOf(instant, zone)).toBe(local)
  })

  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2026-03-29', -1, '2026-03-28'],
    ['2024-02-28', 1, '2024-02-29'],
  ])('adds to %s %i days', (day, count, then) => expect(addDays(day, count)).toBe(then))

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('adds to %s %i months', (day, count, then) => expect(addMonths(day, count)).toBe(then))

  it('moves over midnight by minutes', () => {
    expect(addMinutes('2026-11-22T23:45', 30)).toBe('2026-11-23T00:15')
  })

  it.each([
    ['2026-11-22', 1, '2026-11-16'],
    ['2026-11-22', 0, '2026-11-22'],
    ['2026-11-22', 6, '2026-11-21'],
  ])('finds the week of %s that starts on %i', (day, start, first) => {
    expect(startOfWeek(day, start)).toBe(first)
  })

  it('proposes a round quarter, never in the past', () => {
    expect(roundedAhead('2026-11-22T09:31', 10)).toBe('2026-11-22T09:45')
    expect(roundedAhead('2026-11-22T09:45', 0)).toBe('2026-11-22T09:45')
  })

  it('knows days that do not exist', () => {
    expect(isDay('2026-02-28')).toBe(true)
    expect(isDay('2026-02-30')).toBe(false)
    expect(isDay('2026-2-3')).toBe(false)
    expect(isDay('yesterday')).toBe(false)
  })

  it('counts days over a change of clocks', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  })

  it.each([
    ['2026-11-22T09:30', ['2026-11-22T08:30:00.000Z']],
    ['2026-03-29T02:30', []],
    ['2026-03-29T03:00', ['2026-03-29T01:00:00.000Z']],
    ['2026-10-25T02:30', ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']],
    ['2026-10-25T03:00', ['2026-10-25T02:00:00.000Z']],
  ])('finds when clocks in Amsterdam show %s', (local, instants) => {
    expect(instantsOf(local, 'Europe/Amsterdam')).toEqual(instants)
  })

  it('says it in words', () => {
    expect(dayWords('2026-11-22')).toBe('Sunday 22 November 2026')
    expect(instantWords('2026-11-22T08:30:00Z', 'Europe/Amsterdam')).toBe('Sun 22 Nov 2026, 09:30')
    expect(zoneWords('Europe/Amsterdam', new Date('2026-11-22T08:30:00Z'))).toBe(
      'Amsterdam time (UTC+1)',
    )
    expect(zoneWords('America/New_York', new Date('2026-07-01T00:00:00Z'))).toBe(
      'New York time (UTC-4)',
    )
  })
})
