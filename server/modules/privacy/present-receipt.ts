import type { z } from 'zod'
import type { Receipt as ReceiptSchema } from '../../../contract/networks.ts'
import type { ReceiptRow } from './store.ts'

export type Receipt = z.infer<typeof ReceiptSchema>

export function presentReceipt({ id, at, kind, subject, lines }: ReceiptRow): Receipt {
  return { id, at: at.toISOString(), kind, subject, lines }
}
