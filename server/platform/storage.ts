/**
 * Where files are kept: a folder or an S3 bucket, behind one interface.
 * Keys are made by us, never by a person, and every driver refuses one that is not plainly ours.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { extname } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { AppError } from './errors.ts'

/** What is stored: bytes at hand, a stream, or a file of this machine (read, never moved). */
export type StorageSource = Buffer | Readable | { path: string }

export type StoredFacts = {
  bytes: number
  /** By the key's extension for a folder, as stored for S3. */
  contentType: string
}

/** Both ends are counted, as in HTTP: `{ start: 0, end: 99 }` is the first hundred bytes. */
export type ByteRange = { start: number; end?: number }

export type OpenedFile = {
  stream: Readable
  /** Length of what `stream` gives. */
  bytes: number
  /** Length of the whole file. */
  total: number
  contentType: string
}

export type PutOptions = {
  contentType: string
  /** Lower-case hex. When given, nothing is stored unless the bytes match. */
  sha256?: string
}

export type Storage = {
  /** Stores under `key`, replacing what is there; a reader sees the old file or the new, no mix. */
  put(key: string, source: StorageSource, options: PutOptions): Promise<{ bytes: number }>
  /** Throws AppError `not_found` when there is no such file. */
  open(key: string, range?: ByteRange): Promise<OpenedFile>
  stat(key: string): Promise<StoredFacts | undefined>
  /** Deleting what is not there is no fault. */
  delete(key: string): Promise<void>
  /** Deletes every key below `prefix` (which ends in a slash) and says how many there were. */
  deletePrefix(prefix: string): Promise<number>
  /** Keys below `prefix` (which ends in a slash, or is empty for all), in order. */
  list(prefix: string): AsyncIterable<{ key: string; bytes: number }>
}

/** No room left on the disk or in the bucket. What was being written is gone again. */
export class StorageFullError extends AppError {
  constructor(cause: unknown) {
    super('storage_full', {
      message: 'There is no room left to store files.',
      fix: 'Ask the operator to free or add disk space, then try again.',
      cause,
    })
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.heic': 'image/heic',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.mov': 'video/quicktime',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.mkv': 'video/matroska',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.tiff': 'image/tiff',
  '.wav': 'audio/wav',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
  '.zip': 'application/zip',
}

/** The content type that a key's extension stands for; unknown ones are plain bytes. */
export function contentTypeOfKey(key: string): string {
  return contentTypes[extname(key)] ?? 'application/octet-stream'
}

/**
 * Throws when a key could leave its place: only `a-z 0-9 _ - . /`, no empty part, and no part that
 * starts with a dot (which also keeps unfinished files out of the keys).
 */
export function assertKey(key: string): void {
  const plain = key.length <= 512 && /^[a-z0-9/_.-]+$/.test(key)
  const parts = key.split('/')
  if (!plain || parts.some((part) => part === '' || part.startsWith('.') || part.includes('..'))) {
    throw new TypeError(`not a storage key: ${JSON.stringify(key.slice(0, 80))}`)
  }
}

/** As `assertKey`, for a prefix: a folder's name with its slash, so that `a/1/` never means `a/10`. */
export function assertPrefix(prefix: string): void {
  if (!prefix.endsWith('/')) throw new TypeError(`not a storage prefix: ${JSON.stringify(prefix)}`)
  assertKey(prefix.slice(0, -1))
}

/** Throws when a file would be served as something else than its key says. */
export function assertContentType(key: string, contentType: string): void {
  const expected = contentTypeOfKey(key)
  if (expected !== contentType) {
    throw new TypeError(`${key} is ${expected} by its extension, not ${contentType}`)
  }
}

/** Turns the several ways of giving bytes into one stream. */
export function streamOf(source: StorageSource): Readable {
  if (Buffer.isBuffer(source)) return Readable.from([source], { objectMode: false })
  if (source instanceof Readable) return source
  return createReadStream(source.path, { highWaterMark: 256 * 1024 })
}

/** Passes bytes through, counts them and, at the end, fails when they are not the promised ones. */
export function countAndCheck(sha256: string | undefined): { through: Transform; bytes(): number } {
  let bytes = 0
  const hash = sha256 === undefined ? undefined : createHash('sha256')
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash?.update(chunk)
      done(null, chunk)
    },
    flush(done) {
      const actual = hash?.digest('hex')
      done(
        actual === sha256 ? null : new Error(`stored bytes have sha256 ${actual}, not ${sha256}`),
      )
    },
  })
  return { through, bytes: () => bytes }
}

/** The range in bytes of a file of `total` bytes; throws AppError `bad_request` outside of it. */
export function rangeWithin(
  range: ByteRange | undefined,
  total: number,
): { start: number; end: number } {
  const start = range?.start ?? 0
  const end = Math.min(range?.end ?? total - 1, total - 1)
  if (range && (start < 0 || start > end || !Number.isInteger(start) || !Number.isInteger(end))) {
    throw new AppError('bad_request', {
      message: 'The asked range lies outside the file.',
      details: { total },
    })
  }
  return { start, end }
}

export function missingFile(key: string): AppError {
  return new AppError('not_found', { message: 'This file is not stored here.', details: { key } })
}
