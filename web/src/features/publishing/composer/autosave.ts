import type { Post } from '../../../../../contract/publishing.ts'
import { type Draft, draftOf, rebased, saysTheSame } from '../draft.ts'

export type SaveState =
  | { kind: 'saved' }
  | { kind: 'dirty' }
  | { kind: 'saving' }
  /** It is tried again by itself while `retrying`; else a person must act. */
  | { kind: 'failed'; error: unknown; retrying: boolean }
  /** Somebody else saved first. Nothing is saved until the person has chosen. */
  | { kind: 'conflict'; theirs: Post }

export type AutosaveSnapshot = { draft: Draft; post: Post | null; save: SaveState }

export type AutosavePorts = {
  create: (draft: Draft, key: string) => Promise<Post>
  update: (id: string, version: number, draft: Draft) => Promise<Post>
  read: (id: string) => Promise<Post>
  newKey: () => string
  /** Whether an error is the answer to an edit of an old version. */
  isStale: (error: unknown) => boolean
  /** Whether the same call may succeed later without anybody doing anything. */
  isPassing: (error: unknown) => boolean
  /** Kept on this device until the server has it, so that a crash of the tab loses nothing. */
  keep: (draft: Draft, post: Post | null) => void
  forget: (post: Post | null) => void
}

const quietMs = 800
const retryMs = 5_000

/**
 * Saves a draft by itself: a moment after the last change, one call at a time, each with the
 * version that was read. It never overwrites what somebody else saved, and never drops a change.
 */
export function createAutosave(ports: AutosavePorts, start: { draft: Draft; post: Post | null }) {
  let now: AutosaveSnapshot = { ...start, save: { kind: 'saved' } }
  let saved = start.draft
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  const createKey = ports.newKey()
  const listeners = new Set<() => void>()

  const set = (part: Partial<AutosaveSnapshot>) => {
    now = { ...now, ...part }
    for (const listener of listeners) listener()
  }
  const isClean = () => saysTheSame(now.draft, saved)
  const later = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), ms)
  }

  const settle = (post: Post, sent: Draft) => {
    saved = sent
    if (isClean()) {
      set({ post, save: { kind: 'saved' } })
      ports.forget(post)
    } else {
      set({ post, save: { kind: 'dirty' } })
      later(quietMs)
    }
  }

  /** What was changed here, put onto what they saved: the person sees only where the two differ. */
  const meet = (theirs: Post) => {
    const draft = rebased(saved, now.draft, draftOf(theirs))
    if (!saysTheSame(draft, draftOf(theirs))) {
      return set({ draft, save: { kind: 'conflict', theirs } })
    }
    saved = draft
    set({ draft, post: theirs, save: { kind: 'saved' } })
    ports.forget(theirs)
  }

  const fail = async (error: unknown, sent: Draft): Promise<void> => {
    if (now.post && ports.isStale(error)) {
      try {
        return meet(await ports.read(now.post.id))
      } catch (readError) {
        return fail(readError, sent)
      }
    }
    const retrying = ports.isPassing(error)
    set({ save: { kind: 'failed', error, retrying } })
    if (retrying) later(retryMs)
    else if (now.draft !== sent) later(quietMs)
  }

  const saveOnce = async () => {
    const sent = now.draft
    set({ save: { kind: 'saving' } })
    try {
      const post = now.post
        ? await ports.update(now.post.id, now.post.version, sent)
        : await ports.create(sent, createKey)
      settle(post, sent)
    } catch (error) {
      await fail(error, sent)
    }
  }

  const save = async (): Promise<void> => {
    clearTimeout(timer)
    if (running) return running
    if (now.save.kind === 'conflict' || (isClean() && now.post)) return
    running = saveOnce()
    try {
      await running
    } finally {
      running = null
    }
  }

  return {
    snapshot: () => now,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change(draft: Draft) {
      const conflict = now.save.kind === 'conflict'
      set({ draft, save: conflict || running ? now.save : { kind: 'dirty' } })
      ports.keep(draft, now.post)
      if (conflict) return
      if (isClean() && !running) {
        ports.forget(now.post)
        set({ save: { kind: 'saved' } })
      } else if (!running) later(quietMs)
    },
    /** Saves what there is to save and gives the post, or null where it could not be saved. */
    async flush(): Promise<Post | null> {
      while (!now.post || !isClean()) {
        await save()
        if (now.save.kind === 'failed' || now.save.kind === 'conflict') return null
      }
      return now.post
    },
    retry: () => save(),
    /** Takes in what another page or person saved, if nothing here is unsaved. */
    adopt(post: Post) {
      if (running || now.save.kind === 'conflict' || !isClean()) return
      if (now.post && post.version < now.post.version) return
      // The same words, but what became of the targets may be new.
      if (now.post?.version === post.version) return set({ post })
      saved = draftOf(post)
      set({ draft: saved, post, save: { kind: 'saved' } })
    },
    /** The person has seen both versions and chose this one. */
    async choose(draft: Draft) {
      if (now.save.kind !== 'conflict') return
      const { theirs } = now.save
      saved = draftOf(theirs)
      const same = saysTheSame(draft, saved)
      set({ draft, post: theirs, save: { kind: same ? 'saved' : 'dirty' } })
      if (same) ports.forget(now.post)
      else await save()
    },
    /** Takes the answer of a call that changed the post, such as scheduling it. */
    replace(post: Post) {
      saved = draftOf(post)
      set({ draft: saved, post, save: { kind: 'saved' } })
    },
    stop() {
      clearTimeout(timer)
      listeners.clear()
    },
  }
}

export type Autosave = ReturnType<typeof createAutosave>
