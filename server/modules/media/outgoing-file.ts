import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Scope } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { keepFile } from './keep-file.ts'
import { render } from './render/render.ts'
import { imageSpec } from './specs.ts'
import { findAsset, type RenditionRow, renditionsOf } from './store.ts'

/** A file that may leave: upright, with all metadata removed. */
export type OutgoingFile = {
  contentType: string
  bytes: number
  read(): Promise<Buffer>
  open(): Promise<Readable>
}

export type OutgoingMedia = OutgoingFile &
  ({ kind: 'image' } | { kind: 'video'; durationMs: number })

/** The clean rendition of a file. @throws AppError when there is none (gone, or not prepared). */
export async function outgoingFile(scope: Scope, assetId: string): Promise<OutgoingMedia> {
  const { clean } = await cleanOf(scope, assetId)
  const file = fileOf(scope, clean)
  return clean.contentType.startsWith('video/')
    ? { ...file, kind: 'video', durationMs: clean.durationMs ?? 0 }
    : { ...file, kind: 'image' }
}

/** One frame of a video as JPEG, made when first asked for. */
export async function outgoingCover(
  scope: Scope,
  assetId: string,
  atMs: number,
): Promise<OutgoingFile> {
  const purpose = `cover ${atMs}`
  const { clean, all } = await cleanOf(scope, assetId)
  const made = all.find((one) => one.purpose === purpose)
  if (made) return fileOf(scope, made)
  const folder = await mkdtemp(join(tmpdir(), 'avow-cover-'))
  try {
    const input = join(folder, 'video.mp4')
    const output = join(folder, 'cover.jpg')
    const { stream } = await scope.storage.open(clean.storageKey)
    await pipeline(stream, createWriteStream(input))
    const frame = await render({
      type: 'video-frame',
      input,
      format: 'mp4',
      output,
      atMs,
      spec: imageSpec,
    })
    const kept = await keepFile(scope, {
      assetId,
      purpose,
      path: output,
      contentType: 'image/jpeg',
      width: frame.width,
      height: frame.height,
      durationMs: null,
    })
    return fileOf(scope, kept)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function cleanOf(
  scope: Scope,
  assetId: string,
): Promise<{ clean: RenditionRow; all: RenditionRow[] }> {
  const found = await scope.tx(async (tx) => ({
    asset: await findAsset(tx, scope.workspaceId, assetId),
    all: await renditionsOf(tx, scope.workspaceId, [assetId]),
  }))
  const clean = found.all.find((one) => one.purpose === 'clean')
  if (clean) return { clean, all: found.all }
  throw new AppError('unprocessable', {
    message: found.asset
      ? `“${found.asset.name}” is not ready to go out.`
      : 'A file of this post is gone.',
    field: 'media',
    fix: 'Choose another file.',
  })
}

function fileOf(
  { storage }: Scope,
  { contentType, bytes, storageKey }: Pick<RenditionRow, 'contentType' | 'bytes' | 'storageKey'>,
): OutgoingFile {
  const open = async () => (await storage.open(storageKey)).stream
  return { contentType, bytes, open, read: async () => buffer(await open()) }
}
