import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { madeAt, tenant, tenantKey } from '../../platform/tables.ts'

export type ReceiptLine = {
  what: string
  outcome: 'destroyed' | 'stopped' | 'kept' | 'told'
  words: string
}

/** What was destroyed, stopped or kept, and why. */
export const receipts = pgTable(
  'receipts',
  {
    ...tenant(),
    kind: text().notNull(),
    subject: text().notNull(),
    subjectId: uuid().notNull(),
    lines: jsonb().$type<ReceiptLine[]>().notNull(),
    at: madeAt(),
  },
  (table) => [tenantKey(table)],
)
