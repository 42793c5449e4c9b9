import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { type ConnectionRow, connectionRow, lockConnection } from './store.ts'

/** A connection of this workspace. @throws AppError not_found, also for another workspace's. */
export async function demandConnection(
  tx: Tx,
  { workspaceId }: Pick<Scope, 'workspaceId'>,
  id: string,
  { lock = false } = {},
): Promise<ConnectionRow> {
  const row = await (lock ? lockConnection : connectionRow)(tx, workspaceId, id)
  if (row) return row
  throw new AppError('not_found', {
    message: 'There is no such connection.',
    field: 'id',
    fix: 'Choose one from the connections page.',
  })
}
