import { z } from 'zod'
import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { presentReceipt, type Receipt } from './present-receipt.ts'
import { receiptRows } from './store.ts'

/** A page of the workspace's receipts, newest first. */
export async function listReceipts(
  caller: Caller,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: Receipt[]; nextCursor: string | null }> {
  const before = cursor === undefined ? undefined : readCursor(cursor)
  const rows = await caller.tx((tx) =>
    receiptRows(tx, caller.workspaceId, { before, limit: limit + 1 }),
  )
  const items = rows.slice(0, limit).map(presentReceipt)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

// Ids sort by time, so the last one of a page is its cursor.
function readCursor(cursor: string): string {
  if (z.uuid().safeParse(cursor).success) return cursor
  throw new AppError('bad_request', {
    message: 'This is not a cursor of this list.',
    field: 'cursor',
    fix: 'Send nextCursor of the page before, or nothing for the first page.',
  })
}
