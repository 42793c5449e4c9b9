/** Bodies on their way: what callers hand in, and compressed answers under a limit. */
import { Readable, Transform, type TransformCallback } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { FormData as UndiciFormData } from 'undici'
import { EgressFailed, EgressTooLarge, toEgressError } from './egress-errors.ts'

export type EgressBody = string | Uint8Array | Readable | FormData | URLSearchParams

/** The form that undici's dispatch takes, and the content type that it implies. */
export function outgoingBody(body: EgressBody | undefined): {
  body: string | Uint8Array | Readable | UndiciFormData | null
  contentType: string | undefined
} {
  if (body === undefined) return { body: null, contentType: undefined }
  if (body instanceof URLSearchParams) {
    return { body: body.toString(), contentType: 'application/x-www-form-urlencoded;charset=UTF-8' }
  }
  if (body instanceof FormData) {
    // undici knows only its own class; files stay streams, so their length is announced unread.
    const form = new UndiciFormData()
    for (const [name, value] of body) form.append(name, value as string)
    return { body: form, contentType: undefined }
  }
  return { body, contentType: undefined }
}

/**
 * The answer's body with its content coding undone, never giving more than `maxBytes`: a small
 * compressed answer may be a huge one.
 */
export function decodedBody(
  raw: Readable,
  coding: string | undefined,
  limits: { maxBytes: number; host: string; status: number },
): Readable {
  const decoder = decoderFor(coding)
  if (decoder === undefined) return raw
  const known = { host: limits.host, status: limits.status, sent: true }
  if (decoder === 'unknown') {
    raw.destroy()
    const message = `${limits.host} answered in a coding that we do not read.`
    const failed = new EgressFailed(message, { ...known, code: 'bad_coding' })
    return new Readable({ read() {} }).on('error', () => {}).destroy(failed)
  }
  const counted = new ByteLimit(limits.maxBytes, () => {
    const message = `${limits.host} answered more than ${limits.maxBytes} bytes.`
    return new EgressTooLarge(message, known)
  })
  // By hand rather than by pipeline(), which would hand on zlib's own errors.
  counted.on('error', () => {})
  counted.on('close', () => {
    raw.destroy()
    decoder.destroy()
  })
  raw.on('error', (error) => counted.destroy(error))
  decoder.on('error', (error) => counted.destroy(toEgressError(error, known)))
  raw.pipe(decoder).pipe(counted)
  return counted
}

function decoderFor(coding: string | undefined) {
  switch (coding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return undefined
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    default:
      return 'unknown'
  }
}

class ByteLimit extends Transform {
  #left: number
  readonly #fault: () => Error

  constructor(limit: number, fault: () => Error) {
    super()
    this.#left = limit
    this.#fault = fault
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.#left -= chunk.length
    if (this.#left < 0) done(this.#fault())
    else done(null, chunk)
  }
}
