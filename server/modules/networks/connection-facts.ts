import type { ConnectionStatus } from '../../../contract/networks.ts'
import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { demandConnection } from './access.ts'
import { adapterOf, isSetUp } from './registry.ts'
import { canPublish, statusOf, statusWords } from './rules.ts'
import { type ConnectionRow, connectionRowsById } from './store.ts'

/** What other modules see of a connection. No token, and nothing that the network told us but its id. */
type ConnectionFacts = {
  id: string
  network: string
  accountId: string
  /** The name that our user gave it. */
  label: string
  status: ConnectionStatus
  statusWords: string
  pausedUntil: Date | null
  defaultDestination: { id: string; childId: string | null } | null
  canPublish: { ok: boolean; why: string | null }
}

/**
 * Those of the ids that are connections of this workspace, in the order of the ids. With `share`, none
 * of them can be disconnected before the transaction ends.
 */
export async function connectionFacts(
  tx: Tx,
  scope: Scope,
  ids: readonly string[],
  lock?: 'share',
): Promise<ConnectionFacts[]> {
  const rows = await connectionRowsById(tx, scope.workspaceId, ids, lock)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const now = scope.clock.now()
  return ids.map((id) => byId.get(id)).flatMap((row) => (row ? [viewOf(scope, row, now)] : []))
}

/** One of this workspace. @throws AppError not_found, also for another workspace's. */
export async function connectionFor(tx: Tx, scope: Scope, id: string): Promise<ConnectionFacts> {
  return viewOf(scope, await demandConnection(tx, scope, id), scope.clock.now())
}

function viewOf(scope: Scope, row: ConnectionRow, now: Date): ConnectionFacts {
  const adapter = adapterOf(row.network)
  const { id, network, accountId, label, pausedUntil } = row
  return {
    id,
    network,
    accountId,
    label,
    status: statusOf(row, now),
    statusWords: statusWords(row, adapter.manifest.label, now),
    pausedUntil,
    defaultDestination: destinationOf(row),
    canPublish: canPublish(row, adapter, { now, isSetUp: isSetUp(scope.config, network) }),
  }
}

export function destinationOf(row: ConnectionRow): { id: string; childId: string | null } | null {
  const { defaultDestinationId: id, defaultDestinationChildId: childId } = row
  return id === null ? null : { id, childId }
}
