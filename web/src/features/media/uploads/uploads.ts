/** A file on its way from this device to the library. */
export type Upload = {
  id: string
  workspaceId: string
  /** Who waits for it, such as the id of a post, or null for the library itself. */
  purpose: string | null
  name: string
  type: string
  size: number
  sent: number
  state: 'waiting' | 'sending' | 'paused' | 'failed' | 'elsewhere' | 'sent'
  /** Why it failed and what to do. */
  words: string | null
  /** Whether it goes on by itself after the page is loaded again. */
  kept: boolean
  assetId: string | null
}

/** What is kept on this device, so that an upload goes on after the page is loaded again. */
export type KeptUpload = Pick<
  Upload,
  'id' | 'workspaceId' | 'purpose' | 'name' | 'type' | 'size'
> & { uploadUrl: string | null; paused: boolean; createdAt: number; file: Blob }

/** Why an upload stopped, in words for a person. */
export class UploadFault extends Error {}

export type Sending = { done: Promise<{ assetId: string }>; stop: () => void }

export type UploadPorts = {
  /** Sends the rest of the file; `done` rejects with an UploadFault. After `stop` it never settles. */
  send: (
    upload: KeptUpload,
    on: { url: (url: string) => void; progress: (sent: number) => void },
  ) => Sending
  /** Tells the server that the rest will not come. */
  end: (uploadUrl: string, workspaceId: string) => Promise<void>
  keep: (upload: KeptUpload) => Promise<void>
  forget: (id: string) => Promise<void>
  kept: (workspaceId: string) => Promise<KeptUpload[]>
  /** Runs `work` if no other page of this browser holds the name; answers whether it did. */
  alone: (name: string, work: () => Promise<void>) => Promise<boolean>
  newId: () => string
  now: () => number
}

const atOnce = 3

type Held = { kept: KeptUpload; stop: (() => void) | null; release: (() => void) | null }

/** The uploads of this page: several at once, each paused, resumed, retried or cancelled alone. */
export class Uploads {
  readonly #ports: UploadPorts
  #list: readonly Upload[] = []
  readonly #held = new Map<string, Held>()
  readonly #restored = new Set<string>()
  readonly #listeners = new Set<() => void>()

  constructor(ports: UploadPorts) {
    this.#ports = ports
  }

  readonly all = () => this.#list

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes files in; they are sent in this order. */
  add(workspaceId: string, files: readonly File[], purpose: string | null = null): string[] {
    const ids = files.map((file) => {
      const id = this.#ports.newId()
      const { name, type, size } = file
      const fresh = { uploadUrl: null, paused: false, createdAt: this.#ports.now(), file }
      this.#enter({ id, workspaceId, purpose, name, type, size, ...fresh }, 'waiting')
      void this.#remember(id, {})
      return id
    })
    this.#next()
    return ids
  }

  /** Goes on with what an earlier load of this page left. Once for each workspace. */
  async restore(workspaceId: string): Promise<void> {
    if (this.#restored.has(workspaceId)) return
    this.#restored.add(workspaceId)
    const left = await this.#ports.kept(workspaceId)
    for (const one of left.toSorted((a, b) => a.createdAt - b.createdAt)) {
      if (this.#held.has(one.id)) continue
      this.#enter(one, one.paused ? 'paused' : 'waiting')
      this.#patch(one.id, { kept: true })
    }
    this.#next()
  }

  pause(id: string): void {
    const state = this.#get(id)?.state
    if (state !== 'sending' && state !== 'waiting') return
    this.#patch(id, { state: 'paused' })
    this.#halt(id)
    void this.#remember(id, { paused: true })
    this.#next()
  }

  /** Sends on after a pause, a failure, or when the page that had it is gone. */
  resume(id: string): void {
    const state = this.#get(id)?.state
    if (state !== 'paused' && state !== 'failed' && state !== 'elsewhere') return
    this.#patch(id, { state: 'waiting', words: null })
    void this.#remember(id, { paused: false })
    this.#next()
  }

  /** Takes it off the list. What was sent of an unfinished one is dropped at the server too. */
  async cancel(id: string): Promise<void> {
    const mine = this.#held.get(id)
    this.#halt(id)
    this.#held.delete(id)
    this.#emit(this.#list.filter((one) => one.id !== id))
    this.#next()
    if (!mine) return
    await this.#ports.forget(id)
    if (mine.kept.uploadUrl) await this.#ports.end(mine.kept.uploadUrl, mine.kept.workspaceId)
  }

  #emit(list: readonly Upload[]): void {
    this.#list = list
    for (const listener of this.#listeners) listener()
  }

  #patch(id: string, part: Partial<Upload>): void {
    this.#emit(this.#list.map((one) => (one.id === id ? { ...one, ...part } : one)))
  }

  #get(id: string): Upload | undefined {
    return this.#list.find((one) => one.id === id)
  }

  #enter(kept: KeptUpload, state: Upload['state']): void {
    this.#held.set(kept.id, { kept, stop: null, release: null })
    const { id, workspaceId, purpose, name, type, size } = kept
    const fresh = { sent: 0, words: null, kept: false, assetId: null }
    this.#emit([...this.#list, { id, workspaceId, purpose, name, type, size, state, ...fresh }])
  }

  async #remember(id: string, part: Partial<KeptUpload>): Promise<void> {
    const mine = this.#held.get(id)
    if (!mine) return
    Object.assign(mine.kept, part)
    try {
      await this.#ports.keep(mine.kept)
      if (!this.#get(id)?.kept) this.#patch(id, { kept: true })
    } catch {
      // A private window or a full disk: the upload goes on, only not after a reload.
      this.#patch(id, { kept: false })
    }
  }

  /** Stops sending and lets another page of this browser have the upload. */
  #halt(id: string): void {
    const mine = this.#held.get(id)
    mine?.stop?.()
    mine?.release?.()
    if (mine) Object.assign(mine, { stop: null, release: null })
  }

  #next(): void {
    const room = atOnce - this.#list.filter((one) => one.state === 'sending').length
    const waiting = this.#list.filter((one) => one.state === 'waiting')
    for (const { id } of waiting.slice(0, Math.max(0, room))) {
      this.#patch(id, { state: 'sending', words: null })
      void this.#run(id)
    }
  }

  async #run(id: string): Promise<void> {
    const mine = this.#held.get(id)
    if (!mine) return
    const ran = await this.#ports.alone(id, () => this.#send(id, mine))
    if (!ran && this.#get(id)?.state === 'sending') this.#patch(id, { state: 'elsewhere' })
    this.#next()
  }

  #send(id: string, mine: Held): Promise<void> {
    return new Promise((resolve) => {
      if (this.#get(id)?.state !== 'sending') return resolve()
      mine.release = resolve
      const sending = this.#ports.send(mine.kept, {
        url: (uploadUrl) => void this.#remember(id, { uploadUrl }),
        progress: (sent) => this.#patch(id, { sent }),
      })
      mine.stop = sending.stop
      sending.done
        .then(
          ({ assetId }) => this.#arrived(id, assetId),
          (error: unknown) => this.#broke(id, mine, error),
        )
        .finally(resolve)
    })
  }

  #arrived(id: string, assetId: string): void {
    this.#held.delete(id)
    this.#patch(id, { state: 'sent', sent: this.#get(id)?.size ?? 0, assetId, words: null })
    void this.#ports.forget(id)
  }

  #broke(id: string, mine: Held, error: unknown): void {
    mine.stop = null
    const words = error instanceof UploadFault ? error.message : 'It could not be sent. Try again.'
    this.#patch(id, { state: 'failed', words })
  }
}
