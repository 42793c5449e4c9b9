import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { prepareAsset } from './signals.ts'
import { type AssetRow, insertAsset } from './store.ts'

type NewAsset = { name: string; bytes: Buffer; createdBy: string; altText?: string }

/** Puts a file that is made here into the library, on the same way as an upload. */
export async function addAsset(scope: Scope, { bytes, ...asset }: NewAsset): Promise<string> {
  const id = newId()
  const originalKey = originalKeyOf(scope.workspaceId, id)
  await scope.storage.put(originalKey, bytes, { contentType: 'application/octet-stream' })
  await scope.tx((tx) => enterAsset(tx, scope, { ...asset, id, originalKey, bytes: bytes.length }))
  return id
}

/** Writes the row of a new file, and the job that prepares it. */
export async function enterAsset(
  tx: Tx,
  scope: Scope,
  asset: Pick<AssetRow, 'id' | 'name' | 'bytes' | 'originalKey' | 'createdBy'> & {
    altText?: string
  },
): Promise<void> {
  const { workspaceId } = scope
  await insertAsset(tx, { workspaceId, ...asset })
  await scope.jobs.send(tx, prepareAsset, { workspaceId, assetId: asset.id })
  await record(tx, { workspaceId, name: 'asset.added', subject: { kind: 'asset', id: asset.id } })
}

export const originalKeyOf = (workspaceId: string, assetId: string) =>
  `${workspaceId}/originals/${assetId}`
