import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { presentReceipt, type Receipt } from './present-receipt.ts'
import { receiptWritten } from './signals.ts'
import { insertReceipt } from './store.ts'
import type { ReceiptLine } from './tables.ts'

/**
 * Writes down what was destroyed, stopped or kept, in the transaction that does it. A receipt is
 * never changed afterwards: the app's database role may not. It must name no person and no secret,
 * since it outlives what it is about.
 *
 * `kind` says what was done (`connection.disconnected`), `subject` to what, for a person to read.
 */
export async function writeReceipt(
  tx: Tx,
  scope: Scope,
  receipt: { kind: string; subject: string; subjectId: string; lines: ReceiptLine[] },
): Promise<Receipt> {
  const { workspaceId } = scope
  const row = await insertReceipt(tx, { workspaceId, id: newId(), ...receipt })
  await record(tx, {
    workspaceId,
    name: receiptWritten,
    subject: { kind: 'receipt', id: row.id },
  })
  return presentReceipt(row)
}
