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

export class UploadFault extends Error {
  /** Whether the same bytes may be taken later: the network was away, or the server busy. */
  passing: boolean
  constructor(words: string, passing: boolean) {
    super(words)
    this.passing = passing
  }
}

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
export function createUploads(ports: UploadPorts) {
  let list: readonly Upload[] = []
  const held = new Map<string, Held>()
  const restored = new Set<string>()
  const listeners = new Set<() => void>()

  const emit = (next: readonly Upload[]) => {
    list = next
    for (const listener of listeners) listener()
  }
  const patch = (id: string, part: Partial<Upload>) =>
    emit(list.map((one) => (one.id === id ? { ...one, ...part } : one)))
  const get = (id: string) => list.find((one) => one.id === id)

  const remember = async (id: string, part: Partial<KeptUpload>) => {
    const mine = held.get(id)
    if (!mine) return
    Object.assign(mine.kept, part)
    try {
      await ports.keep(mine.kept)
      if (!get(id)?.kept) patch(id, { kept: true })
    } catch {
      // A private window or a full disk: the upload goes on, only not after a reload.
      patch(id, { kept: false })
    }
  }

  /** Stops sending and lets another page of this browser have the upload. */
  const halt = (id: string) => {
    const mine = held.get(id)
    mine?.stop?.()
    mine?.release?.()
    if (mine) Object.assign(mine, { stop: null, release: null })
  }

  const next = () => {
    const room = atOnce - list.filter((one) => one.state === 'sending').length
    for (const one of list.filter((each) => each.state === 'waiting').slice(0, Math.max(0, room))) {
      patch(one.id, { state: 'sending', words: null })
      void run(one.id)
    }
  }

  const run = async (id: string) => {
    const mine = held.get(id)
    if (!mine) return
    const ran = await ports.alone(id, () => sendAlone(id, mine))
    if (!ran && get(id)?.state === 'sending') patch(id, { state: 'elsewhere' })
    next()
  }

  const sendAlone = (id: string, mine: Held) =>
    new Promise<void>((resolve) => {
      if (get(id)?.state !== 'sending') return resolve()
      mine.release = resolve
      const sending = ports.send(mine.kept, {
        url: (uploadUrl) => void remember(id, { uploadUrl }),
        progress: (sent) => patch(id, { sent }),
      })
      mine.stop = sending.stop
      sending.done.then(
        ({ assetId }) => {
          held.delete(id)
          const size = get(id)?.size ?? 0
          patch(id, { state: 'sent', sent: size, assetId, words: null })
          void ports.forget(id)
          resolve()
        },
        (error: unknown) => {
          const words = error instanceof Error ? error.message : 'It could not be sent'
          patch(id, { state: 'failed', words })
          mine.stop = null
          resolve()
        },
      )
    })

  const enter = (kept: KeptUpload, state: Upload['state']) => {
    held.set(kept.id, { kept, stop: null, release: null })
    const { id, workspaceId, purpose, name, type, size } = kept
    const sent = 0
    const fresh = { words: null, kept: false, assetId: null }
    emit([...list, { id, workspaceId, purpose, name, type, size, sent, state, ...fresh }])
  }

  return {
    all: () => list,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Takes files in; they are sent in this order. */
    add(workspaceId: string, files: readonly File[], purpose: string | null = null): string[] {
      const ids = files.map((file) => {
        const id = ports.newId()
        const { name, type, size } = file
        const fresh = { uploadUrl: null, paused: false, createdAt: ports.now(), file }
        enter({ id, workspaceId, purpose, name, type, size, ...fresh }, 'waiting')
        void remember(id, {})
        return id
      })
      next()
      return ids
    },
    /** Goes on with what an earlier load of this page left. Once for each workspace. */
    async restore(workspaceId: string) {
      if (restored.has(workspaceId)) return
      restored.add(workspaceId)
      const left = await ports.kept(workspaceId)
      for (const one of left.toSorted((a, b) => a.createdAt - b.createdAt)) {
        if (held.has(one.id)) continue
        enter(one, one.paused ? 'paused' : 'waiting')
        patch(one.id, { kept: true })
      }
      next()
    },
    pause(id: string) {
      const one = get(id)
      if (one?.state !== 'sending' && one?.state !== 'waiting') return
      patch(id, { state: 'paused' })
      halt(id)
      void remember(id, { paused: true })
      next()
    },
    /** Sends on after a pause, a failure, or when the page that had it is gone. */
    resume(id: string) {
      const one = get(id)
      if (one?.state !== 'paused' && one?.state !== 'failed' && one?.state !== 'elsewhere') return
      patch(id, { state: 'waiting', words: null })
      void remember(id, { paused: false })
      next()
    },
    /** Takes it off the list. What was sent of an unfinished one is dropped at the server too. */
    async cancel(id: string) {
      const mine = held.get(id)
      halt(id)
      held.delete(id)
      emit(list.filter((one) => one.id !== id))
      next()
      if (!mine) return
      await ports.forget(id)
      if (mine.kept.uploadUrl) await ports.end(mine.kept.uploadUrl, mine.kept.workspaceId)
    },
    /** Takes those that arrived off the list. */
    clearSent(workspaceId: string) {
      emit(list.filter((one) => one.workspaceId !== workspaceId || one.state !== 'sent'))
    },
  }
}

export type Uploads = ReturnType<typeof createUploads>
