import type { Caller } from '../../platform/context.ts'
import { presentConnection } from './present.ts'
import { connectionRows } from './store.ts'

/** All connections; those that are disconnected last, since past posts still name them. */
export async function listConnections(caller: Caller) {
  const rows = await caller.tx((tx) => connectionRows(tx, caller.workspaceId))
  const items = rows.map((row) => presentConnection(caller, row))
  const isGone = ({ status }: { status: string }) => Number(status === 'revoked')
  return { items: items.toSorted((a, b) => isGone(a) - isGone(b)) }
}
