import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { findAssets, renditionsOf } from './store.ts'

/** What other modules check about a file: of what would go out, once that is made. */
export type AssetFacts = {
  id: string
  name: string
  kind: 'image' | 'video' | null
  state: 'processing' | 'ready' | 'refused'
  bytes: number
  contentType: string
  width: number | null
  height: number | null
  durationMs: number | null
}

/** Facts of those ids that are files of this workspace. */
export async function assetFacts(
  tx: Tx,
  scope: Scope,
  ids: string[],
): Promise<Map<string, AssetFacts>> {
  const rows = await findAssets(tx, scope.workspaceId, [...new Set(ids)])
  const made = await renditionsOf(
    tx,
    scope.workspaceId,
    rows.map((row) => row.id),
  )
  return new Map(
    rows.map((row) => {
      const clean = made.find((one) => one.assetId === row.id && one.purpose === 'clean')
      return [
        row.id,
        {
          id: row.id,
          name: row.name,
          kind: row.kind as AssetFacts['kind'],
          state: row.state as AssetFacts['state'],
          bytes: clean?.bytes ?? row.bytes,
          contentType: clean?.contentType ?? 'application/octet-stream',
          width: clean?.width ?? row.width,
          height: clean?.height ?? row.height,
          durationMs: clean?.durationMs ?? row.durationMs,
        },
      ]
    }),
  )
}

/** SHA-256 of the bytes as they were uploaded, for approvals: a file never changes under its id. */
export async function assetHashes(
  tx: Tx,
  scope: Scope,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await findAssets(tx, scope.workspaceId, [...new Set(ids)])
  return new Map(rows.map((row) => [row.id, row.sha256 ?? '']))
}
