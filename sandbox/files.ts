import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, mkdtempSync, type ReadStream } from 'node:fs'
import { rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type StoredImage = { file: string; width: number; height: number; type: 'jpeg' | 'png' }

/**
 * Pictures and videos, on disk and never in memory, named by their content: the same bytes sent a
 * thousand times are written once. Without a folder they live in a temporary one, removed at close.
 */
export class FileStore {
  readonly #folder: string
  readonly #isTemporary: boolean
  readonly #written = new Map<string, Promise<void>>()

  constructor(dataFolder: string | undefined) {
    this.#isTemporary = dataFolder === undefined
    this.#folder = dataFolder
      ? join(dataFolder, 'files')
      : mkdtempSync(join(tmpdir(), 'avow-sandbox-'))
    mkdirSync(this.#folder, { recursive: true })
  }

  pathOf(name: string): string {
    return join(this.#folder, name)
  }

  has(name: string): boolean {
    return existsSync(this.pathOf(name))
  }

  /** Stores bytes and returns their name: 32 hexadecimal digits. */
  async keep(bytes: Buffer): Promise<string> {
    const name = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
    await this.keepAs(name, () => Promise.resolve(bytes))
    return name
  }

  /** Stores what `make` gives under a name of the caller's choice, once however often it is asked for. */
  keepAs(name: string, make: () => Promise<Buffer>): Promise<void> {
    const known = this.#written.get(name)
    if (known) return known
    const written = this.#write(name, make)
    this.#written.set(name, written)
    written.catch(() => this.#written.delete(name))
    return written
  }

  async #write(name: string, make: () => Promise<Buffer>): Promise<void> {
    if (this.has(name)) return
    const temporary = this.pathOf(`${name}.part`)
    await writeFile(temporary, await make())
    await rename(temporary, this.pathOf(name))
  }

  /** In bytes. */
  async size(name: string): Promise<number> {
    return (await stat(this.pathOf(name))).size
  }

  stream(name: string, range?: { start: number; end: number }): ReadStream {
    return createReadStream(this.pathOf(name), range)
  }

  async remove(name: string): Promise<void> {
    this.#written.delete(name)
    await rm(this.pathOf(name), { force: true })
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#written.values())
    if (this.#isTemporary) await rm(this.#folder, { recursive: true, force: true })
  }
}
