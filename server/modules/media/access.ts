import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { type AssetRow, findAsset } from './store.ts'

/** A file of this workspace. @throws AppError not_found, also for another workspace's. */
export async function assetFor(tx: Tx, caller: Caller, id: string): Promise<AssetRow> {
  const row = await findAsset(tx, caller.workspaceId, id)
  if (row) return row
  throw new AppError('not_found', { message: 'There is no such file.', field: 'id' })
}
