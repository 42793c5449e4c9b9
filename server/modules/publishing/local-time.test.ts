import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freeSlots, instantOf, localOf, moveToDay, startOfDay } from './local-time.ts'

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
const instants = fc.date({
  min: new Date('2020-01-01'),
  max: new Date('2035-01-01'),
  noInvalidDate: true,
})
const toMinute = (date: Date) => new Date(Math.floor(date.getTime() / 60_000) * 60_000)

describe('wall-clock time', () => {
  it('goes to an instant and back, in every zone', () => {
    fc.assert(
      fc.property(instants.map(toMinute), zones, (at, zone) => {
        const local = localOf(at, zone)
        const { at: back, notes } = instantOf(local, zone)
        // Only where clocks change can it be another instant, and then it is said.
        if (back.getTime() !== at.getTime()) expect(notes).toHaveLength(1)
        expect(localOf(back, zone)).toBe(local)
      }),
      { numRuns: 500 },
    )
  })

  it('that clocks skip is taken after the change, and said', () => {
    const { at, notes } = instantOf('2026-03-29T02:30', 'Europe/Amsterdam')
    expect(at.toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(notes[0]).toContain('03:30')
  })

  it('that comes twice is the one that was asked for, and said', () => {
    const of = (which: 'first' | 'second') =>
      instantOf('2026-10-25T02:30', 'Europe/Amsterdam', which)
    expect(of('first').at.toISOString()).toBe('2026-10-25T00:30:00.000Z')
    expect(of('second').at.toISOString()).toBe('2026-10-25T01:30:00.000Z')
    expect(of('second').notes[0]).toContain('second')
  })

  it('that is in no calendar is refused', () => {
    expect(() => instantOf('2026-02-30T10:00', 'UTC')).toThrow('2026-02-30')
  })

  it('keeps its time of day on another day, in every zone', () => {
    fc.assert(
      fc.property(
        instants.map(toMinute),
        zones,
        fc.integer({ min: 1, max: 400 }),
        (at, zone, days) => {
          const day = localOf(new Date(at.getTime() + days * 86_400_000), zone).slice(0, 10)
          const moved = moveToDay(at, day, zone)
          if (moved.notes.length > 0) return
          expect(localOf(moved.at, zone)).toBe(`${day}T${localOf(at, zone).slice(11)}`)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('begins a day where the zone does, also where midnight is skipped', () => {
    expect(startOfDay('2026-11-22', 'Europe/Amsterdam').toISOString()).toBe(
      '2026-11-21T23:00:00.000Z',
    )
    expect(localOf(startOfDay('2018-11-04', 'America/Sao_Paulo'), 'America/Sao_Paulo')).toBe(
      '2018-11-04T01:00',
    )
  })
})

describe('free slots', () => {
  const from = new Date('2026-11-22T12:00:00Z')

  it('come in order, are slots, lie ahead, and none is taken', () => {
    const slot = fc.record({
      weekday: fc.integer({ min: 0, max: 6 }),
      time: fc
        .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
        .map(
          ([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
        ),
    })
    fc.assert(
      fc.property(fc.array(slot, { minLength: 1, maxLength: 10 }), zones, (weekly, zone) => {
        const first = freeSlots(weekly, new Set(), from, zone, 6)
        const taken = new Set(first.slice(0, 3).map((at) => at.getTime()))
        const rest = freeSlots(weekly, taken, from, zone, 3)
        expect(rest.every((at) => at > from && !taken.has(at.getTime()))).toBe(true)
        expect(first).toEqual([...first].sort((a, b) => a.getTime() - b.getTime()))
      }),
      { numRuns: 100 },
    )
  })

  it('are none where there are no slots', () => {
    expect(freeSlots([], new Set(), from, 'UTC', 3)).toEqual([])
  })
})
