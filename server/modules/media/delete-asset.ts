import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { assetFor } from './access.ts'
import { usesOf } from './on-uses.ts'
import { deleteFiles } from './signals.ts'
import { deleteAssetRow, keysStillUsed, renditionsOf } from './store.ts'

/** Deletes a file and all that was made from it. One that a post uses stays. */
export async function deleteAsset(
  caller: Caller,
  { id }: { id: string },
): Promise<{ deleted: true }> {
  const { workspaceId } = caller
  return caller.tx(async (tx) => {
    const asset = await assetFor(tx, caller, id)
    const uses = (await usesOf(tx, workspaceId, [id])).get(id) ?? 0
    if (uses > 0) {
      throw new AppError('conflict', {
        message: `${uses} ${uses === 1 ? 'post uses' : 'posts use'} this file.`,
        fix: 'Take it out of the posts first. What went out keeps its file as its record.',
      })
    }
    const made = await renditionsOf(tx, workspaceId, [id])
    // A post that takes the file up at this moment makes this fail by its foreign key.
    await deleteAssetRow(tx, workspaceId, id)
    const shared = await keysStillUsed(
      tx,
      workspaceId,
      made.map((one) => one.storageKey),
    )
    const keys = [
      ...made.map((one) => one.storageKey).filter((key) => !shared.has(key)),
      asset.originalKey,
    ]
    for (let i = 0; i < keys.length; i += 50) {
      await caller.jobs.send(tx, deleteFiles, { keys: keys.slice(i, i + 50), uploads: [] })
    }
    await record(tx, { workspaceId, name: 'asset.deleted', subject: { kind: 'asset', id } })
    return { deleted: true }
  })
}
