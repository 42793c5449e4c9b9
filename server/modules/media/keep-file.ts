import { stat } from 'node:fs/promises'
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
 * Stores a rendition under the hash of its bytes and writes its row. Done twice, it is there once.
 */
export async function keepFile(scope: Scope, { path, ...made }: Made & { path: string }) {
  const sha256 = await hashFile(path)
  const extension = extensions[made.contentType]
  if (!extension) throw new Error(`Renditions are not made as ${made.contentType}`)
  const storageKey = `${scope.workspaceId}/${sha256}.${extension}`
  if (!(await scope.storage.stat(storageKey))) {
    await scope.storage.put(storageKey, { path }, { contentType: made.contentType, sha256 })
  }
  const { size: bytes } = await stat(path)
  const row = { ...made, workspaceId: scope.workspaceId, storageKey, sha256, bytes }
  await scope.tx((tx) => insertRendition(tx, row))
  return row
}
