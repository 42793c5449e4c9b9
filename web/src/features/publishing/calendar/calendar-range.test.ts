import { describe, expect, it } from 'vitest'
import { groupByDay, rangeWords, stepped, visibleRange } from './calendar-range.ts'

describe('what the calendar shows', () => {
  it.each([
    ['month', 1, '2026-10-26', '2026-12-07'],
    ['month', 0, '2026-11-01', '2026-12-06'],
    ['week', 1, '2026-11-16', '2026-11-23'],
    ['day', 1, '2026-11-22', '2026-11-23'],
    ['list', 1, '2026-11-01', '2026-12-01'],
  ] as const)('shows in the %s view, with weeks from %i, %s to %s', (view, start, from, to) => {
    expect(visibleRange(view, '2026-11-22', start)).toEqual({ from, to })
  })

  it('shows four whole weeks where a month fits them', () => {
    expect(visibleRange('month', '2027-02-10', 1)).toEqual({ from: '2027-02-01', to: '2027-03-01' })
  })

  it('steps to the first of a month, so that no month is skipped', () => {
    expect(stepped('month', '2026-01-31', 1)).toBe('2026-02-01')
    expect(stepped('month', '2026-03-31', -1)).toBe('2026-02-01')
    expect(stepped('week', '2026-11-22', -1)).toBe('2026-11-15')
    expect(stepped('day', '2026-12-31', 1)).toBe('2027-01-01')
  })

  it('names the range', () => {
    expect(rangeWords('month', '2026-11-22', 1)).toBe('November 2026')
    expect(rangeWords('week', '2026-12-31', 1)).toBe('Mon 28 Dec to Sun 3 Jan 2027')
    expect(rangeWords('day', '2026-11-22', 1)).toBe('Sunday 22 November 2026')
  })

  it('groups by day in order of time', () => {
    const at = (targetId: string, dueLocal: string) => ({ targetId, dueLocal })
    const groups = groupByDay([
      at('c', '2026-11-23T08:00'),
      at('b', '2026-11-22T18:00'),
      at('a', '2026-11-22T09:30'),
    ])
    expect(
      groups.map((group) => [group.day, group.entries.map((entry) => entry.targetId)]),
    ).toEqual([
      ['2026-11-22', ['a', 'b']],
      ['2026-11-23', ['c']],
    ])
  })
})
