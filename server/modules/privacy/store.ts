import { and, desc, eq, lt } from 'drizzle-orm'
import type { Tx } from '../../platform/database.ts'
import { receipts } from './tables.ts'

export type ReceiptRow = typeof receipts.$inferSelect

export async function insertReceipt(
  tx: Tx,
  receipt: typeof receipts.$inferInsert,
): Promise<ReceiptRow> {
  const [row] = await tx.insert(receipts).values(receipt).returning()
  if (!row) throw new Error('The receipt was not written')
  return row
}

/** Newest first, those before the id `before`. */
export function receiptRows(
  tx: Tx,
  workspaceId: string,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<ReceiptRow[]> {
  return tx
    .select()
    .from(receipts)
    .where(
      and(
        eq(receipts.workspaceId, workspaceId),
        before === undefined ? undefined : lt(receipts.id, before),
      ),
    )
    .orderBy(desc(receipts.id))
    .limit(limit)
}
