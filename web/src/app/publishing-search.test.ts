import { describe, expect, it } from 'vitest'
import {
  readCalendarSearch,
  readLibrarySearch,
  readNewPostSearch,
  readPostsSearch,
} from './publishing-search.ts'

const uuid = '019aab3c-1f1e-7b51-8d5e-0d2a43a9a001'

describe('what an address says', () => {
  it('reads the view, the day and the filters of the calendar', () => {
    expect(
      readCalendarSearch({ view: 'week', day: '2026-11-22', state: 'failed', connectionId: uuid }),
    ).toEqual({ view: 'week', day: '2026-11-22', state: 'failed', connectionId: uuid })
  })

  it.each([
    [{ view: 'year', day: '2026-02-30', state: 'gone', connectionId: 'x' }],
    [{ view: 1, day: null, state: {}, connectionId: [uuid] }],
    [{}],
  ])('leaves out of the calendar what it does not understand in %j', (raw) => {
    expect(readCalendarSearch(raw)).toEqual({})
  })

  it('takes a number for the text that was typed', () => {
    expect(readPostsSearch({ search: 2026 }).search).toBe('2026')
    expect(readPostsSearch({ search: 'a'.repeat(300) }).search).toHaveLength(100)
    expect(readLibrarySearch({ kind: 'audio', search: '' })).toEqual({})
  })

  it('starts a post at a day or a local time, and at nothing else', () => {
    expect(readNewPostSearch({ at: '2026-11-22' }).at).toBe('2026-11-22')
    expect(readNewPostSearch({ at: '2026-11-22T09:30', post: uuid })).toEqual({
      at: '2026-11-22T09:30',
      post: uuid,
    })
    expect(readNewPostSearch({ at: '2026-11-22T25:00' }).at).toBeUndefined()
    expect(readNewPostSearch({ at: 'javascript:alert(1)' }).at).toBeUndefined()
  })
})
