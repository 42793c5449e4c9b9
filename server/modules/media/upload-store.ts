import { createWriteStream } from 'node:fs'
import { mkdir, open, rm, stat, truncate } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DataStore, Upload } from '@tus/server'
import { type Platform, scopeOf } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { StorageFullError } from '../../platform/storage.ts'
import { finishUpload } from './finish-upload.ts'
import { deleteUploadRow, findUpload, insertUpload, type UploadRow } from './store.ts'
import { uploadFolder, uploadPath } from './upload-files.ts'

const gone = () =>
  new AppError('not_found', {
    message: 'There is no such upload, or it is too old.',
    fix: 'Upload the file again from its start.',
  })

/** `<workspace>.<upload>`, as it stands in an upload's address. */
export const uploadIdPattern = /^([0-9a-f-]{36})\.([0-9a-f-]{36})$/

export function parseUploadId(id: string): { workspaceId: string; uploadId: string } {
  const match = uploadIdPattern.exec(id)
  if (!match?.[1] || !match[2]) throw gone()
  return { workspaceId: match[1], uploadId: match[2] }
}

/** Opens a part file for appending; a test hands in a disk that is full. */
export type OpenPart = (path: string, start: number) => NodeJS.WritableStream

const openPart: OpenPart = (path, start) => createWriteStream(path, { flags: 'r+', start })

/**
 * Keeps uploads for the tus protocol: a row for what is known, a file for the bytes so far. The
 * file's size is the offset, so a cut connection or a killed server loses at most what was in flight.
 */
export class UploadStore extends DataStore {
  readonly #platform: Platform
  readonly #open: OpenPart

  constructor(platform: Platform, open: OpenPart = openPart) {
    super()
    this.#platform = platform
    this.#open = open
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration']
  }

  override async create(upload: Upload): Promise<Upload> {
    const { workspaceId, uploadId } = parseUploadId(upload.id)
    const { filename, createdBy, filetype } = upload.metadata ?? {}
    // The row comes first: a file without one would never be swept.
    await scopeOf(this.#platform, workspaceId).tx((tx) =>
      insertUpload(tx, {
        workspaceId,
        id: uploadId,
        name: filename ?? 'Untitled',
        declaredType: filetype ?? '',
        bytes: upload.size ?? 0,
        createdBy: createdBy ?? null,
      }),
    )
    await mkdir(uploadFolder(this.#platform.config), { recursive: true, mode: 0o700 })
    const file = await open(uploadPath(this.#platform.config, uploadId), 'w', 0o600).catch(asFull)
    await file.close()
    return upload
  }

  override async getUpload(id: string): Promise<Upload> {
    const row = await this.#row(id)
    const offset = row.assetId ? row.bytes : await this.#sizeOf(row)
    // The server may have died between the last byte and the end.
    if (!row.assetId && offset === row.bytes) await this.#finish(row)
    return new Upload({ id, size: row.bytes, offset, creation_date: row.createdAt.toISOString() })
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const row = await this.#row(id)
    const path = uploadPath(this.#platform.config, row.id)
    try {
      await pipeline(stream, this.#open(path, offset))
    } catch (error) {
      if (isDiskFault(error)) {
        await truncate(path, offset)
        asFull(error)
      }
      // The connection broke: what arrived stays, and the client goes on from there.
      this.#platform.log.debug({ err: error, uploadId: row.id }, 'upload interrupted')
    }
    const size = await this.#sizeOf(row)
    if (size === row.bytes) await this.#finish(row)
    return size
  }

  override async remove(id: string): Promise<void> {
    const row = await this.#row(id)
    await scopeOf(this.#platform, row.workspaceId).tx((tx) =>
      deleteUploadRow(tx, row.workspaceId, row.id),
    )
    await rm(uploadPath(this.#platform.config, row.id), { force: true })
  }

  async #row(id: string): Promise<UploadRow> {
    const { workspaceId, uploadId } = parseUploadId(id)
    const row = await scopeOf(this.#platform, workspaceId).tx((tx) =>
      findUpload(tx, workspaceId, uploadId),
    )
    if (!row) throw gone()
    return row
  }

  async #sizeOf(row: UploadRow): Promise<number> {
    const { size } = await stat(uploadPath(this.#platform.config, row.id)).catch((error) => {
      throw codeOf(error) === 'ENOENT' ? gone() : error
    })
    return size
  }

  #finish(row: UploadRow): Promise<void> {
    return finishUpload(scopeOf(this.#platform, row.workspaceId), row)
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** The part file could not be written; everything else is the connection's. */
function isDiskFault(error: unknown): boolean {
  return ['open', 'write', 'close'].includes((error as NodeJS.ErrnoException).syscall ?? '')
}

function asFull(error: unknown): never {
  throw ['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '') ? new StorageFullError(error) : error
}
