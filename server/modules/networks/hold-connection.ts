import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { shareConnection } from './store.ts'

/**
 * The connection as it stands, kept from being disconnected until the transaction ends. For the
 * moment at which something irreversible is decided.
 */
export async function holdConnection(
  tx: Tx,
  scope: Scope,
  id: string,
): Promise<{ status: string; label: string }> {
  const row = await shareConnection(tx, scope.workspaceId, id)
  if (row) return row
  throw new AppError('not_found', { message: 'There is no such connection.', field: 'id' })
}
