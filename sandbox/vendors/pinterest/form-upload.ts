import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'

export type UploadedForm = {
  fields: Record<string, string>
  file: { filename: string; bytes: number } | null
  /** Names of fields after the file, which the storage ignores. */
  afterFile: string[]
}

const LINE = Buffer.from('\r\n')
const HEAD_END = Buffer.from('\r\n\r\n')
const FIELDS_LIMIT_BYTES = 64 * 1024

/**
 * Reads a multipart form as the storage does: fields first, then one `file`, which goes to disk while
 * it arrives. Throws a RangeError for a body that is not such a form. The file is removed then.
 */
export async function receiveForm(
  stream: Readable,
  contentType: string,
  path: string,
): Promise<UploadedForm> {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/.exec(contentType) ?? []
  const name = quoted ?? plain
  if (!name) throw new RangeError('no boundary')
  const form = new FormReader(Buffer.from(`\r\n--${name}`), path)
  try {
    for await (const chunk of stream) await form.take(chunk as Buffer)
    return await form.finish()
  } catch (error) {
    await form.abandon()
    throw error
  }
}

/** Holds no more than the part in hand or, inside the file, the length of a boundary. */
class FormReader {
  readonly #boundary: Buffer
  readonly #path: string
  readonly #fields: Record<string, string> = {}
  readonly #afterFile: string[] = []
  /** A line end stands in for the one before the first boundary. */
  #rest: Buffer = LINE
  #state: 'between' | 'file' | 'done' = 'between'
  #file: UploadedForm['file'] = null
  #out: ReturnType<typeof createWriteStream> | undefined

  constructor(boundary: Buffer, path: string) {
    this.#boundary = boundary
    this.#path = path
  }

  async take(chunk: Buffer): Promise<void> {
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
    let goesOn = true
    while (goesOn) goesOn = this.#state === 'file' ? await this.#fileStep() : await this.#partStep()
  }

  /** One part's head and, for a field, its value. False when more bytes are needed. */
  async #partStep(): Promise<boolean> {
    if (this.#state === 'done') return false
    const start = this.#rest.indexOf(this.#boundary)
    if (start < 0) return this.#needMore()
    const after = start + this.#boundary.length
    if (this.#rest.length < after + 2) return this.#needMore()
    if (this.#rest.toString('latin1', after, after + 2) === '--') {
      this.#state = 'done'
      return false
    }
    const headEnd = this.#rest.indexOf(HEAD_END, after)
    if (headEnd < 0) return this.#needMore()
    const head = this.#rest.toString('utf8', after, headEnd)
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? ''
    const filename = /filename="([^"]*)"/.exec(head)?.[1]
    const bodyStart = headEnd + HEAD_END.length
    if (name === 'file' && !this.#file) {
      this.#file = { filename: filename ?? '', bytes: 0 }
      this.#out = createWriteStream(this.#path)
      this.#rest = this.#rest.subarray(bodyStart)
      this.#state = 'file'
      return true
    }
    const end = this.#rest.indexOf(this.#boundary, bodyStart)
    if (end < 0) return this.#needMore()
    if (this.#file) this.#afterFile.push(name)
    else this.#fields[name] = this.#rest.toString('utf8', bodyStart, end)
    this.#rest = this.#rest.subarray(end)
    return true
  }

  #needMore(): false {
    if (this.#rest.length > FIELDS_LIMIT_BYTES) throw new RangeError('fields too long')
    return false
  }

  async #fileStep(): Promise<boolean> {
    const end = this.#rest.indexOf(this.#boundary)
    if (end >= 0) {
      await this.#write(this.#rest.subarray(0, end))
      this.#rest = this.#rest.subarray(end)
      this.#state = 'between'
      return true
    }
    const safe = this.#rest.length - this.#boundary.length
    if (safe > 0) {
      await this.#write(this.#rest.subarray(0, safe))
      this.#rest = this.#rest.subarray(safe)
    }
    return false
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#file) this.#file.bytes += bytes.length
    const out = this.#out
    if (out && !out.write(bytes)) await once(out, 'drain')
  }

  async finish(): Promise<UploadedForm> {
    if (this.#state !== 'done') throw new RangeError('the form ends too early')
    await this.#closeFile()
    return { fields: this.#fields, file: this.#file, afterFile: this.#afterFile }
  }

  async abandon(): Promise<void> {
    await this.#closeFile()
    await rm(this.#path, { force: true })
  }

  async #closeFile(): Promise<void> {
    const out = this.#out
    if (out && !out.closed) await new Promise<void>((done) => out.end(done))
  }
}
