import { everything, type Row } from './row.ts'

export const payments: Row[] = [
  {
    row: '54',
    claim: 'Subscriptions are paid through a payment provider; we keep no card numbers.',
    mustDo:
      'Offer subscribing, changing, cancelling; mask card numbers in every text that comes in.',
    missing: everything,
    proofs: [],
  },
  {
    row: '55',
    claim: 'Of payments we keep ids, plan and status.',
    mustDo: 'Keep these columns and drop the rest.',
    missing: everything,
    proofs: [],
  },
  {
    row: '56',
    claim: 'Receipts and reminders of our own bills are mailed.',
    mustDo: 'Send each once.',
    missing: everything,
    proofs: [],
  },
  {
    row: '57',
    claim: 'Payments of your customers update your invoices.',
    mustDo: 'Verify signatures, tolerate 300 seconds, count each event once.',
    missing: everything,
    proofs: [],
  },
  {
    row: '58',
    claim: 'We read neither your balance nor your bank details.',
    mustDo: 'Leave them out of the permissions, and block their paths at the egress.',
    missing: everything,
    proofs: [],
  },
]
