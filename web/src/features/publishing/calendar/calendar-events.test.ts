import { describe, expect, it } from 'vitest'
import type { CalendarEntry } from '../../../../../contract/publishing.ts'
import { eventOf, localOfGrid } from './calendar-events.ts'

const entry = (dueLocal: string) =>
  ({
    targetId: 't1',
    title: 'Spring table',
    excerpt: '',
    state: 'scheduled',
    dueLocal,
  }) as CalendarEntry

describe('entries in a grid', () => {
  it('stand at the time of the workspace, whatever the zone of the browser', () => {
    expect(eventOf(entry('2026-11-22T09:30'))).toMatchObject({
      id: 't1',
      title: 'Spring table',
      start: '2026-11-22 09:30:00',
      end: '2026-11-22 10:00:00',
    })
  })

  it('end on their own day, so that none spreads over two', () => {
    expect(eventOf(entry('2026-11-22T23:45')).end).toBe('2026-11-22 23:59:59')
    expect(eventOf(entry('2026-11-22T23:30')).end).toBe('2026-11-22 23:59:59')
  })

  it('come back as local times', () => {
    expect(localOfGrid('2026-11-22 09:30:00')).toBe('2026-11-22T09:30')
  })
})
