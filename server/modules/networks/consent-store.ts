import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database.ts'
import { consents } from './tables.ts'

export type ConsentRow = typeof consents.$inferSelect

export async function insertConsent(
  tx: Tx,
  consent: Omit<typeof consents.$inferInsert, 'expiresAt' | 'createdAt'>,
): Promise<void> {
  await tx
    .insert(consents)
    .values({ ...consent, expiresAt: sql`app.now() + interval '10 minutes'` })
}

/** Takes it out, so that it serves once. `isOver` when its ten minutes had passed. */
export async function takeConsent(
  tx: Tx,
  workspaceId: string,
  stateHash: string,
): Promise<(ConsentRow & { isOver: boolean }) | undefined> {
  const [row] = await tx
    .delete(consents)
    .where(and(eq(consents.workspaceId, workspaceId), eq(consents.stateHash, stateHash)))
    .returning({
      ...getTableColumns(consents),
      isOver: sql<boolean>`${consents.expiresAt} <= app.now()`,
    })
  return row
}

export async function deleteConsentsFor(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
): Promise<void> {
  await tx
    .delete(consents)
    .where(and(eq(consents.workspaceId, workspaceId), eq(consents.connectionId, connectionId)))
}
