import { Clock } from './clock.ts'
import { ExchangeLog } from './exchange-log.ts'
import { Faults } from './faults.ts'
import { FileStore } from './files.ts'
import { History } from './history.ts'
import { seedPinterest } from './seed/pinterest.ts'
import { Snapshot } from './snapshot.ts'
import { GoogleState } from './vendors/google/state.ts'
import { judge } from './vendors/pinterest/s3-upload.ts'
import { PinterestState } from './vendors/pinterest/state.ts'
import { Mailbox } from './vendors/resend/mailbox.ts'

export type WorldOptions = {
  data?: string | undefined
  log?: string | undefined
  seed?: string | undefined
  report: (error: unknown) => void
}

type Saved = {
  version: 1
  clock: ReturnType<Clock['snapshot']>
  faults: ReturnType<Faults['snapshot']>
  pinterest: ReturnType<PinterestState['snapshot']>
  google: ReturnType<GoogleState['snapshot']>
  mailbox: ReturnType<Mailbox['snapshot']>
}

/** Everything the sandbox holds: one clock, one set of faults, the vendors' states, and what happened. */
export class World {
  readonly clock = new Clock()
  readonly faults: Faults
  readonly files: FileStore
  readonly history: History
  readonly exchanges: ExchangeLog
  readonly pinterest = new PinterestState()
  readonly google = new GoogleState()
  readonly mailbox = new Mailbox()
  readonly #snapshot: Snapshot | undefined
  /** Grows with every change, so that an open page knows when to look again. */
  #version = 0

  constructor(options: WorldOptions) {
    this.#snapshot = options.data
      ? new Snapshot(options.data, () => this.#saved(), options.report)
      : undefined
    this.faults = new Faults(options.seed ?? 'avow')
    this.files = new FileStore(options.data)
    this.history = new History(options.data)
    this.exchanges = new ExchangeLog(options.log)
    const saved = this.#snapshot?.load() as Saved | undefined
    if (saved) this.#restore(saved)
    else seedPinterest(this)
  }

  /** To be called after each change: the snapshot is written soon after. */
  changed(): void {
    this.#version += 1
    this.#snapshot?.changed()
  }

  get version(): number {
    return this.#version
  }

  /** Back to the first day: seeded accounts, real time, no faults, no mail, no history. */
  async reset(): Promise<void> {
    this.clock.toRealTime()
    this.faults.clear()
    this.pinterest.clear()
    this.google.clear()
    this.mailbox.clear()
    await this.history.clear()
    seedPinterest(this)
    this.changed()
  }

  /** Videos whose reading a stop has cut off are read again. */
  resumeProcessing(): void {
    for (const media of this.pinterest.media.values()) {
      if (media.file && !media.verdict) void judge(this, media, media.file)
    }
  }

  #saved(): Saved {
    return {
      version: 1,
      clock: this.clock.snapshot(),
      faults: this.faults.snapshot(),
      pinterest: this.pinterest.snapshot(),
      google: this.google.snapshot(),
      mailbox: this.mailbox.snapshot(),
    }
  }

  #restore(saved: Saved): void {
    this.clock.restore(saved.clock)
    this.faults.restore(saved.faults)
    this.pinterest.restore(saved.pinterest)
    this.google.restore(saved.google)
    this.mailbox.restore(saved.mailbox)
  }

  async close(): Promise<void> {
    await this.#snapshot?.close()
    await this.history.close()
    await this.exchanges.close()
    await this.files.close()
  }
}
