import { and, desc, eq, ilike, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { containing } from '../../platform/search-pattern.ts'
import { assets, renditions, uploads } from './tables.ts'

export type AssetRow = typeof assets.$inferSelect
export type RenditionRow = typeof renditions.$inferSelect
export type UploadRow = typeof uploads.$inferSelect

const one = (workspaceId: string, id: string) =>
  and(eq(assets.workspaceId, workspaceId), eq(assets.id, id))

export async function findAsset(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<AssetRow | undefined> {
  const [row] = await tx.select().from(assets).where(one(workspaceId, id))
  return row
}

export async function findAssets(tx: Tx, workspaceId: string, ids: string[]): Promise<AssetRow[]> {
  if (ids.length === 0) return []
  return tx
    .select()
    .from(assets)
    .where(and(eq(assets.workspaceId, workspaceId), inArray(assets.id, ids)))
}

export async function listAssets(
  tx: Tx,
  workspaceId: string,
  filter: {
    kind: string | undefined
    search: string | undefined
    before: string | undefined
    limit: number
  },
): Promise<AssetRow[]> {
  const conditions: (SQL | undefined)[] = [eq(assets.workspaceId, workspaceId)]
  if (filter.kind) conditions.push(eq(assets.kind, filter.kind))
  if (filter.search) {
    const pattern = containing(filter.search)
    conditions.push(sql`(${ilike(assets.name, pattern)} or ${ilike(assets.altText, pattern)})`)
  }
  if (filter.before) conditions.push(lt(assets.id, filter.before))
  return tx
    .select()
    .from(assets)
    .where(and(...conditions))
    .orderBy(desc(assets.id))
    .limit(filter.limit)
}

export async function insertAsset(
  tx: Tx,
  asset: Pick<AssetRow, 'workspaceId' | 'id' | 'name' | 'bytes' | 'originalKey' | 'createdBy'> & {
    altText?: string
  },
): Promise<AssetRow> {
  const [row] = await tx
    .insert(assets)
    .values({ state: 'processing', progress: 0, ...asset })
    .returning()
  if (!row) throw new Error('Inserting an asset returned nothing')
  return row
}

type Change = Partial<Omit<AssetRow, 'workspaceId' | 'id'>>

/** False when it was deleted meanwhile. */
export async function changeAsset(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Change,
): Promise<boolean> {
  const rows = await tx
    .update(assets)
    .set(change)
    .where(one(workspaceId, id))
    .returning({ id: assets.id })
  return rows.length > 0
}

/** How far the work on it has come. False when the work is over. */
export async function noteProgress(
  tx: Tx,
  workspaceId: string,
  id: string,
  progress: number,
): Promise<boolean> {
  const rows = await tx
    .update(assets)
    .set({ progress })
    .where(and(one(workspaceId, id), eq(assets.state, 'processing')))
    .returning({ id: assets.id })
  return rows.length > 0
}

export async function deleteAssetRow(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.delete(assets).where(one(workspaceId, id))
}

export async function renditionsOf(
  tx: Tx,
  workspaceId: string,
  assetIds: string[],
): Promise<RenditionRow[]> {
  if (assetIds.length === 0) return []
  return tx
    .select()
    .from(renditions)
    .where(and(eq(renditions.workspaceId, workspaceId), inArray(renditions.assetId, assetIds)))
}

/** Keeps a rendition, in place of one for the same purpose. False when its asset is deleted. */
export async function insertRendition(
  tx: Tx,
  rendition: Omit<RenditionRow, 'id' | 'createdAt'>,
): Promise<boolean> {
  const { workspaceId, assetId, purpose, ...made } = rendition
  // Held until the end, so that it cannot be deleted in between.
  const [asset] = await tx
    .select({ id: assets.id })
    .from(assets)
    .where(one(workspaceId, assetId))
    .for('key share')
  if (!asset) return false
  await tx
    .insert(renditions)
    .values({ id: newId(), ...rendition })
    .onConflictDoUpdate({
      target: [renditions.workspaceId, renditions.assetId, renditions.purpose],
      set: made,
    })
  return true
}

export async function insertUpload(
  tx: Tx,
  upload: Pick<UploadRow, 'workspaceId' | 'id' | 'name' | 'declaredType' | 'bytes' | 'createdBy'>,
): Promise<void> {
  await tx.insert(uploads).values(upload)
}

/** An upload that can still go on. The clock is kept here: an expired one is not found. */
export async function findUpload(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<UploadRow | undefined> {
  const [row] = await tx
    .select()
    .from(uploads)
    .where(
      and(
        eq(uploads.workspaceId, workspaceId),
        eq(uploads.id, id),
        sql`${uploads.expiresAt} > app.now()`,
      ),
    )
  return row
}

export async function deleteUploadRow(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(uploads)
    .where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id)))
    .returning({ id: uploads.id })
  return rows.length > 0
}

/** True for the one who may turn the upload into a file. */
export async function claimFinish(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const rows = await tx
    .update(uploads)
    .set({ assetId: id })
    .where(
      and(
        eq(uploads.workspaceId, workspaceId),
        eq(uploads.id, id),
        sql`${uploads.assetId} is null`,
      ),
    )
    .returning({ id: uploads.id })
  return rows.length > 0
}
