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
export class Autosave {
  readonly #ports: AutosavePorts
  /** One post is made here, however often its making is tried. */
  readonly #createKey: string
  readonly #listeners = new Set<() => void>()
  #now: AutosaveSnapshot
  #saved: Draft
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | null = null

  constructor(ports: AutosavePorts, start: { draft: Draft; post: Post | null }) {
    this.#ports = ports
    this.#createKey = ports.newKey()
    this.#now = { ...start, save: { kind: 'saved' } }
    this.#saved = start.draft
  }

  readonly snapshot = () => this.#now

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  change(draft: Draft): void {
    const mustWait = this.#now.save.kind === 'conflict' || this.#running !== null
    this.#set({ draft, save: mustWait ? this.#now.save : { kind: 'dirty' } })
    this.#ports.keep(draft, this.#now.post)
    if (mustWait) return
    if (this.#isClean()) {
      this.#ports.forget(this.#now.post)
      this.#set({ save: { kind: 'saved' } })
    } else this.#later(quietMs)
  }

  /** Saves what there is to save and gives the post, or null where it could not be saved. */
  async flush(): Promise<Post | null> {
    while (!this.#now.post || !this.#isClean()) {
      await this.#save()
      if (this.#now.save.kind === 'failed' || this.#now.save.kind === 'conflict') return null
    }
    return this.#now.post
  }

  retry(): Promise<void> {
    return this.#save()
  }

  /** Takes in what another page or person saved, if nothing here is unsaved. */
  adopt(post: Post): void {
    const { post: mine, save } = this.#now
    if (this.#running || save.kind === 'conflict' || !this.#isClean()) return
    if (mine && post.version < mine.version) return
    // The same words, but what became of the targets may be new.
    if (mine?.version === post.version) this.#set({ post })
    else this.replace(post)
  }

  /** The person has seen both versions and chose this one. */
  async choose(draft: Draft): Promise<void> {
    if (this.#now.save.kind !== 'conflict') return
    const { theirs } = this.#now.save
    this.#saved = draftOf(theirs)
    const same = saysTheSame(draft, this.#saved)
    this.#set({ draft, post: theirs, save: { kind: same ? 'saved' : 'dirty' } })
    if (same) this.#ports.forget(theirs)
    else await this.#save()
  }

  /** Takes the answer of a call that changed the post, such as scheduling it. */
  replace(post: Post): void {
    this.#saved = draftOf(post)
    this.#set({ draft: this.#saved, post, save: { kind: 'saved' } })
  }

  #set(part: Partial<AutosaveSnapshot>): void {
    this.#now = { ...this.#now, ...part }
    for (const listener of this.#listeners) listener()
  }

  #isClean(): boolean {
    return saysTheSame(this.#now.draft, this.#saved)
  }

  #later(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#save(), ms)
  }

  async #save(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#running) return this.#running
    if (this.#now.save.kind === 'conflict' || (this.#isClean() && this.#now.post)) return
    this.#running = this.#saveOnce()
    try {
      await this.#running
    } finally {
      this.#running = null
    }
  }

  async #saveOnce(): Promise<void> {
    const { draft: sent, post: before } = this.#now
    this.#set({ save: { kind: 'saving' } })
    try {
      const post = before
        ? await this.#ports.update(before.id, before.version, sent)
        : await this.#ports.create(sent, this.#createKey)
      this.#settle(post, sent)
    } catch (error) {
      await this.#fail(error, sent)
    }
  }

  #settle(post: Post, sent: Draft): void {
    this.#saved = sent
    if (this.#isClean()) {
      this.#set({ post, save: { kind: 'saved' } })
      this.#ports.forget(post)
    } else {
      this.#set({ post, save: { kind: 'dirty' } })
      this.#later(quietMs)
    }
  }

  async #fail(error: unknown, sent: Draft): Promise<void> {
    if (this.#now.post && this.#ports.isStale(error)) {
      try {
        return this.#meet(await this.#ports.read(this.#now.post.id))
      } catch (readError) {
        return this.#fail(readError, sent)
      }
    }
    const retrying = this.#ports.isPassing(error)
    this.#set({ save: { kind: 'failed', error, retrying } })
    if (retrying) this.#later(retryMs)
    else if (this.#now.draft !== sent) this.#later(quietMs)
  }

  /** What was changed here, put onto what they saved: the person sees only where the two differ. */
  #meet(theirs: Post): void {
    const draft = rebased(this.#saved, this.#now.draft, draftOf(theirs))
    if (!saysTheSame(draft, draftOf(theirs))) {
      this.#set({ draft, save: { kind: 'conflict', theirs } })
      return
    }
    this.replace(theirs)
    this.#ports.forget(theirs)
  }
}
