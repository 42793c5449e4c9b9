import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'

const QUIET_MS = 300
/** Writing may take at most about a twentieth of the time, however large the world has become. */
const COST_FACTOR = 20

/** Keeps the world in one file: written to a temporary file, forced to disk, then renamed over the old one. */
export class Snapshot {
  readonly #file: string
  readonly #take: () => unknown
  readonly #report: (error: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #delayMs = QUIET_MS
  #isClosed = false

  constructor(folder: string, take: () => unknown, report: (error: unknown) => void) {
    mkdirSync(folder, { recursive: true })
    this.#file = join(folder, 'world.json')
    this.#take = take
    this.#report = report
  }

  /** The state of the last run, or undefined on a first one. Throws when the file cannot be read. */
  load(): unknown {
    if (!existsSync(this.#file)) return undefined
    return JSON.parse(readFileSync(this.#file, 'utf8'))
  }

  changed(): void {
    if (this.#timer || this.#isClosed) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#writing = this.#writing.then(() => this.#write()).catch(this.#report)
    }, this.#delayMs)
  }

  async #write(): Promise<void> {
    const started = performance.now()
    const temporary = `${this.#file}.part`
    const handle = await open(temporary, 'w')
    try {
      await handle.writeFile(JSON.stringify(this.#take()))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, this.#file)
    this.#delayMs = Math.max(QUIET_MS, (performance.now() - started) * COST_FACTOR)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#writing
    await this.#write()
  }
}
