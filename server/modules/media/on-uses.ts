import type { Tx } from '../../platform/database.ts'

/** How many things use each of these files. Absent: none. */
export type CountUses = (
  tx: Tx,
  workspaceId: string,
  assetIds: string[],
) => Promise<Map<string, number>>

let count: CountUses = async () => new Map()

/** Told at composition by whoever uses files: media may not know them. */
export function onUses(hook: CountUses): void {
  count = hook
}

export const usesOf: CountUses = (tx, workspaceId, assetIds) => count(tx, workspaceId, assetIds)
