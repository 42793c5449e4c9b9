/**
 * Privacy: what is held about people, for how long, and the proof of what became of it.
 *
 * It runs the clocks that every module declares in its `personal-data.ts` (`sweep.ts`), renders
 * /privacy from the same declarations, and keeps the receipts of what was destroyed. It imports no
 * product module: `entry.ts` is handed what they declare.
 */
export type { Receipt } from './present-receipt.ts'
export type { ReceiptLine } from './tables.ts'
export { writeReceipt } from './write-receipt.ts'
