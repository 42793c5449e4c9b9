import { createHash } from 'node:crypto'
import type { Scope } from '../../platform/context.ts'
import { hashFile } from './hash-file.ts'
import { insertRendition, type RenditionRow } from './store.ts'

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
}

type Made = Pick<
  RenditionRow,
  'assetId' | 'purpose' | 'contentType' | 'width' | 'height' | 'durationMs'
>

/**
 * Stores a rendition and writes its row. Its key follows from what it is, so that doing it twice
 * leaves one file, and no two assets share one.
 */
export async function keepFile(scope: Scope, { path, ...made }: Made & { path: string }) {
  const { workspaceId } = scope
  const extension = extensions[made.contentType]
  if (!extension) throw new Error(`Renditions are not made as ${made.contentType}`)
  const storageKey = `${workspaceId}/${keyOf(made)}.${extension}`
  const sha256 = await hashFile(path)
  const { bytes } = await scope.storage.put(
    storageKey,
    { path },
    { contentType: made.contentType, sha256 },
  )
  const row = { ...made, workspaceId, storageKey, sha256, bytes }
  const kept = await scope.tx((tx) => insertRendition(tx, row))
  // Deleted meanwhile: whoever did so could not know of this file.
  if (!kept) await scope.storage.delete(storageKey)
  return row
}

const keyOf = ({ assetId, purpose }: Made) =>
  createHash('sha256').update(`${assetId}\n${purpose}`).digest('hex')
