import {
  createWriteStream,
  existsSync,
  readFileSync,
  truncateSync,
  type WriteStream,
} from 'node:fs'
import { join } from 'node:path'

export type HistoryEvent =
  | {
      type: 'pin.created'
      id: string
      account: string
      board: string
      section: string | null
      title: string | null
      description: string | null
      link: string | null
      media: string
      grant: string
    }
  | { type: 'pin.deleted'; id: string; account: string; board: string }
  | { type: 'board.created' | 'board.deleted'; id: string; account: string; name: string }
  | {
      type: 'write.refused'
      account: string | null
      operation: string
      status: number
      code: number | null
      message: string
    }

type Occurrence = { requestId: string; fault: string | null; sandboxAt: string }

export type HistoryEntry = HistoryEvent & Occurrence & { seq: number; at: string }

/**
 * What really happened on the networks, told by their side: append-only, so that a proof can count
 * duplicates and losses without asking the product. Kept beside the snapshot as one JSON object a line.
 */
export class History {
  readonly #entries: HistoryEntry[] = []
  readonly #file: string | undefined
  #out: WriteStream | undefined
  #seq = 0

  constructor(dataFolder: string | undefined) {
    this.#file = dataFolder && join(dataFolder, 'history.jsonl')
    if (!this.#file) return
    if (existsSync(this.#file)) this.#load(this.#file)
    this.#out = createWriteStream(this.#file, { flags: 'a' })
  }

  #load(file: string): void {
    const text = readFileSync(file, 'utf8')
    // A kill can leave half a line at the end: what was not written whole did not happen.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole))
    for (const line of whole.split('\n')) if (line) this.#entries.push(JSON.parse(line))
    this.#seq = this.#entries.at(-1)?.seq ?? 0
  }

  record(event: HistoryEvent, occurrence: Occurrence): void {
    this.#seq += 1
    const entry = { ...event, ...occurrence, seq: this.#seq, at: new Date().toISOString() }
    this.#entries.push(entry)
    this.#out?.write(`${JSON.stringify(entry)}\n`)
  }

  /** Entries after a sequence number, oldest first. */
  *after(seq: number, type?: string): Generator<HistoryEntry> {
    for (let index = this.#indexAfter(seq); index < this.#entries.length; index += 1) {
      const entry = this.#entries[index]
      if (entry && (!type || entry.type === type)) yield entry
    }
  }

  #indexAfter(seq: number): number {
    const first = this.#entries[0]?.seq ?? 1
    return Math.max(0, seq - first + 1)
  }

  get lastSeq(): number {
    return this.#seq
  }

  /** How many entries there are of each type, and pins created per account and board. */
  counts(): { byType: Record<string, number>; pinsByBoard: Record<string, number> } {
    const byType: Record<string, number> = {}
    const pinsByBoard: Record<string, number> = {}
    for (const entry of this.#entries) {
      byType[entry.type] = (byType[entry.type] ?? 0) + 1
      if (entry.type === 'pin.created') {
        pinsByBoard[entry.board] = (pinsByBoard[entry.board] ?? 0) + 1
      }
    }
    return { byType, pinsByBoard }
  }

  async clear(): Promise<void> {
    await this.close()
    this.#entries.length = 0
    this.#seq = 0
    if (this.#file) this.#out = createWriteStream(this.#file, { flags: 'w' })
  }

  async close(): Promise<void> {
    const out = this.#out
    if (!out) return
    this.#out = undefined
    await new Promise<void>((done) => out.end(done))
  }
}
