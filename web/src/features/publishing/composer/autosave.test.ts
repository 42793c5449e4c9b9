import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Post } from '../../../../../contract/publishing.ts'
import { type Draft, emptyDraft } from '../draft.ts'
import { Autosave } from './autosave.ts'

class Stale extends Error {}
class Passing extends Error {}

const draft = (title: string): Draft => ({ ...emptyDraft, title })
const postOf = (title: string, version: number): Post => ({
  id: 'p1',
  version,
  title,
  body: '',
  link: '',
  media: [],
  targets: [],
  createdBy: 'Ada',
  createdAt: '2026-11-22T08:00:00Z',
  updatedAt: '2026-11-22T08:00:00Z',
  can: { edit: yes, schedule: yes, delete: yes },
})
const yes = { ok: true, why: null }

/** A server with one post, whose next answers can be held back or refused. */
function world(start: Post | null = null) {
  const kept: (Draft | null)[] = []
  const keys: string[] = []
  const server = { post: start, refuse: [] as Error[], writes: [] as string[] }
  const answer = async (title: string, version: number) => {
    await Promise.resolve()
    const refusal = server.refuse.shift()
    if (refusal) throw refusal
    server.writes.push(title)
    server.post = postOf(title, version)
    return server.post
  }
  const autosave = new Autosave(
    {
      create: (sent, key) => {
        keys.push(key)
        return answer(sent.title, 1)
      },
      update: (_id, version, sent) => {
        if (server.post && version !== server.post.version) return Promise.reject(new Stale())
        return answer(sent.title, version + 1)
      },
      read: () => Promise.resolve(server.post ?? postOf('', 0)),
      newKey: () => 'key-1',
      isStale: (error) => error instanceof Stale,
      isPassing: (error) => error instanceof Passing,
      keep: (one) => kept.push(one),
      forget: () => kept.push(null),
    },
    { draft: draft(start?.title ?? ''), post: start },
  )
  return { autosave, server, kept, keys }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('autosave', () => {
  it('creates on the first change, then edits with the version that it got', async () => {
    const { autosave, server, keys } = world()
    autosave.change(draft('a'))
    autosave.change(draft('ab'))
    await vi.advanceTimersByTimeAsync(1_000)
    autosave.change(draft('abc'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.writes).toEqual(['ab', 'abc'])
    expect(keys).toEqual(['key-1'])
    expect(autosave.snapshot().save.kind).toBe('saved')
    expect(autosave.snapshot().post?.version).toBe(2)
  })

  it('saves what was typed while a save was under way', async () => {
    const { autosave, server } = world(postOf('a', 1))
    autosave.change(draft('ab'))
    vi.advanceTimersByTime(800)
    autosave.change(draft('abc'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.writes).toEqual(['ab', 'abc'])
    expect(autosave.snapshot().save.kind).toBe('saved')
  })

  it('tries again by itself after a passing failure, with the same key', async () => {
    const { autosave, server, keys } = world()
    server.refuse.push(new Passing())
    autosave.change(draft('a'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(autosave.snapshot().save).toMatchObject({ kind: 'failed', retrying: true })
    await vi.advanceTimersByTimeAsync(6_000)
    expect(server.writes).toEqual(['a'])
    expect(keys).toEqual(['key-1', 'key-1'])
  })

  it('does not repeat a refusal until the draft changes', async () => {
    const { autosave, server } = world()
    server.refuse.push(new Error('The link is not an address'))
    autosave.change(draft('a'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(autosave.snapshot().save).toMatchObject({ kind: 'failed', retrying: false })
    expect(server.writes).toEqual([])
    autosave.change(draft('b'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.writes).toEqual(['b'])
  })

  it('stops at an edit by somebody else and saves nothing until a person chose', async () => {
    const { autosave, server } = world(postOf('a', 1))
    server.post = postOf('theirs', 2)
    autosave.change(draft('mine'))
    await vi.advanceTimersByTimeAsync(1_000)
    autosave.change(draft('mine, longer'))
    await vi.advanceTimersByTimeAsync(60_000)
    const { save } = autosave.snapshot()
    expect(save.kind === 'conflict' && save.theirs.title).toBe('theirs')
    expect(server.writes).toEqual([])
    await autosave.choose(autosave.snapshot().draft)
    expect(server.writes).toEqual(['mine, longer'])
    expect(autosave.snapshot().post?.version).toBe(3)
  })

  it('asks only about what was changed here, and keeps what they changed elsewhere', async () => {
    const { autosave, server } = world(postOf('a', 1))
    server.post = { ...postOf('a', 2), body: 'their text' }
    autosave.change(draft('mine'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(autosave.snapshot().save.kind).toBe('conflict')
    expect(autosave.snapshot().draft).toMatchObject({ title: 'mine', body: 'their text' })
  })

  it('does not ask where both changed it to the same', async () => {
    const { autosave, server } = world(postOf('a', 1))
    server.post = postOf('the same', 2)
    autosave.change(draft('the same'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(autosave.snapshot()).toMatchObject({ save: { kind: 'saved' }, post: { version: 2 } })
    expect(server.writes).toEqual([])
  })

  it('takes the other version without a write', async () => {
    const { autosave, server, kept } = world(postOf('a', 1))
    server.post = postOf('theirs', 2)
    autosave.change(draft('mine'))
    await vi.advanceTimersByTimeAsync(1_000)
    await autosave.choose(draft('theirs'))
    expect(server.writes).toEqual([])
    expect(autosave.snapshot()).toMatchObject({
      draft: { title: 'theirs' },
      save: { kind: 'saved' },
    })
    expect(kept.at(-1)).toBeNull()
  })

  it('takes in a newer version only while nothing here is unsaved', () => {
    const { autosave } = world(postOf('a', 1))
    autosave.adopt(postOf('theirs', 2))
    expect(autosave.snapshot().draft.title).toBe('theirs')
    autosave.change(draft('mine'))
    autosave.adopt(postOf('again theirs', 3))
    expect(autosave.snapshot().draft.title).toBe('mine')
  })

  it('keeps unsaved text on the device until the server has it', async () => {
    const { autosave, kept } = world()
    autosave.change(draft('a'))
    expect(kept.at(-1)?.title).toBe('a')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(kept.at(-1)).toBeNull()
  })

  it('flushes before an act, and gives nothing where it cannot save', async () => {
    const { autosave, server } = world()
    autosave.change(draft('a'))
    expect((await autosave.flush())?.title).toBe('a')
    autosave.change(draft('b'))
    server.refuse.push(new Error('refused'))
    expect(await autosave.flush()).toBeNull()
  })
})
