import { createWriteStream } from 'node:fs'
import { mkdir, open, rm, stat, truncate } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DataStore, Upload } from '@tus/server'
import { type Platform, scopeOf } from '../../platform/context.ts'
import { finishUpload } from './finish-upload.ts'
import { deleteUploadRow, findUpload, insertUpload, type UploadRow } from './store.ts'
import { uploadFolder, uploadPath } from './upload-files.ts'

/** What a fault of ours looks like to the upload library. */
export type UploadFault = { status_code: number; body: string }
const gone: UploadFault = { status_code: 404, body: 'There is no such upload, or it is too old.' }
export const full: UploadFault = {
  status_code: 507,
  body: 'There is no room left to store files. Ask the operator to free disk space.',
}

/** `<workspace>.<upload>`, as it stands in an upload's address. */
export function parseUploadId(id: string): { workspaceId: string; uploadId: string } {
  const match = /^([0-9a-f-]{36})\.([0-9a-f-]{36})$/.exec(id)
  if (!match?.[1] || !match[2]) throw gone
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
    await mkdir(uploadFolder(this.#platform.config), { recursive: true, mode: 0o700 })
    const file = await open(uploadPath(this.#platform.config, uploadId), 'w', 0o600)
    await file.close()
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
    if (upload.size === 0) await this.getUpload(upload.id)
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
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
        await truncate(path, offset)
        throw full
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
    if (!row) throw gone
    return row
  }

  async #sizeOf(row: UploadRow): Promise<number> {
    const found = await stat(uploadPath(this.#platform.config, row.id)).catch(() => null)
    if (!found) throw gone
    return found.size
  }

  #finish(row: UploadRow): Promise<void> {
    return finishUpload(scopeOf(this.#platform, row.workspaceId), row)
  }
}
