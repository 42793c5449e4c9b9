import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { assetFor } from './access.ts'
import { usesOf } from './on-uses.ts'
import { deleteFiles } from './signals.ts'
import { deleteAssetRow, renditionsOf } from './store.ts'

/** Deletes a file and all that was made from it. One that a post uses stays. */
export async function deleteAsset(
  caller: Caller,
  { id }: { id: string },
): Promise<{ deleted: true }> {
  try {
    return await caller.tx((tx) => deleteUnused(tx, caller, id))
  } catch (error) {
    // A post took it up at this very moment.
    if (isForeignKeyFault(error)) throw inUse('A post uses')
    throw error
  }
}

async function deleteUnused(tx: Tx, caller: Caller, id: string): Promise<{ deleted: true }> {
  const { workspaceId } = caller
  const asset = await assetFor(tx, caller, id)
  const uses = (await usesOf(tx, workspaceId, [id])).get(id) ?? 0
  if (uses > 0) throw inUse(uses === 1 ? '1 post uses' : `${uses} posts use`)
  const made = await renditionsOf(tx, workspaceId, [id])
  await deleteAssetRow(tx, workspaceId, id)
  const keys = [asset.originalKey, ...made.map((one) => one.storageKey)]
  for (let i = 0; i < keys.length; i += 50) {
    await caller.jobs.send(tx, deleteFiles, { keys: keys.slice(i, i + 50), uploads: [] })
  }
  await record(tx, { workspaceId, name: 'asset.deleted', subject: { kind: 'asset', id } })
  return { deleted: true }
}

const inUse = (who: string) =>
  new AppError('conflict', {
    message: `${who} this file.`,
    fix: 'Take it out of the posts first. What went out keeps its file as its record.',
  })

function isForeignKeyFault(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return (cause as { code?: string } | undefined)?.code === '23503'
}
