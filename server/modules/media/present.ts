import type { Asset } from '../../../contract/media.ts'
import { type Caller, mayI } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { fileLink } from './file-links.ts'
import { usesOf } from './on-uses.ts'
import { type AssetRow, findAssets, type RenditionRow, renditionsOf } from './store.ts'

/** Files as the API shows them, by id. Three statements, however many. */
export async function presentAssets(
  tx: Tx,
  caller: Caller,
  ids: string[],
): Promise<Map<string, Asset>> {
  return presentRows(tx, caller, await findAssets(tx, caller.workspaceId, ids))
}

export async function presentRows(
  tx: Tx,
  caller: Caller,
  rows: AssetRow[],
): Promise<Map<string, Asset>> {
  const ids = rows.map((row) => row.id)
  const made = await renditionsOf(tx, caller.workspaceId, ids)
  const uses = await usesOf(tx, caller.workspaceId, ids)
  return new Map(
    rows.map((row) => {
      const own = made.filter((rendition) => rendition.assetId === row.id)
      return [row.id, presentAsset(caller, row, own, uses.get(row.id) ?? 0)]
    }),
  )
}

function presentAsset(caller: Caller, row: AssetRow, made: RenditionRow[], uses: number): Asset {
  const link = (purpose: string) => {
    const rendition = made.find((one) => one.purpose === purpose)
    return rendition ? fileLink(caller, rendition.storageKey) : null
  }
  const may = mayI(caller, 'media.write')
  const used = `${uses} ${uses === 1 ? 'post uses' : 'posts use'} it.`
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as Asset['kind'],
    state: row.state as Asset['state'],
    refusal: row.refusal,
    progress: row.progress,
    format: row.format,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    durationMs: row.durationMs,
    altText: row.altText,
    thumbnailUrl: link('thumbnail'),
    previewUrl: link('preview'),
    videoUrl: row.kind === 'video' ? link('clean') : null,
    createdAt: row.createdAt.toISOString(),
    can: { delete: may.ok && uses > 0 ? { ok: false, why: used } : may },
  }
}

/** Addresses of the small pictures, by asset. */
export async function thumbnailUrls(
  tx: Tx,
  caller: Caller,
  ids: string[],
): Promise<Map<string, string>> {
  const made = await renditionsOf(tx, caller.workspaceId, [...new Set(ids)])
  return new Map(
    made
      .filter((rendition) => rendition.purpose === 'thumbnail')
      .map((rendition) => [rendition.assetId, fileLink(caller, rendition.storageKey)]),
  )
}
