import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'

/** @throws AppError when the workspace has no such connection. */
export type DemandConnection = (tx: Tx, scope: Scope, connectionId: string) => Promise<unknown>

let demand: DemandConnection = async () => {}

/** Told at composition by whoever keeps the connections: accounts may not know them. */
export function onDefaultConnection(hook: DemandConnection): void {
  demand = hook
}

export const demandDefault: DemandConnection = (tx, scope, id) => demand(tx, scope, id)
