import { everything, type Row } from './row.ts'

export const retention: Row[] = [
  {
    row: '78',
    claim: 'Data is kept no longer than its purpose needs.',
    mustDo: 'Give every table and object class a clock, and run it.',
    missing: 'clocks of stored files',
    proofs: [
      'server/schema.test.ts > the data map',
      'server/modules/privacy/privacy.test.ts > the sweep',
    ],
  },
  {
    row: '79',
    claim: 'Tokens are kept until you disconnect, leave, or the network says so.',
    mustDo: 'As disconnecting, and as notices of networks.',
    missing: 'as rows 15 and 16',
    proofs: [],
  },
  {
    row: '80',
    claim: 'Personal data of a network is kept for 24 hours at most.',
    mustDo: 'Filter by age at every read, and sweep hourly.',
    missing: 'nothing of a network is kept today; the rule waits for data that needs it',
    proofs: ['server/modules/privacy/privacy.test.ts > a clock of 24 hours'],
  },
  {
    row: '81',
    claim: 'A cancelled account can come back for 30 days, then it is gone.',
    mustDo: 'Freeze, restore whole, or erase on day 30.',
    missing: everything,
    proofs: [],
  },
  {
    row: '82',
    claim: 'Encrypted backups live for 90 days at most.',
    mustDo: 'Rotate them, and destroy keys so that old ones cannot be read.',
    missing: everything,
    proofs: [],
  },
  {
    row: '83',
    claim: 'Billing records are kept as long as tax law asks.',
    mustDo: 'Keep the least of them apart, with their own clock.',
    missing: everything,
    proofs: [],
  },
  {
    row: '84',
    claim: 'A legal hold can stop the clocks.',
    mustDo: 'Record reason, approver, scope and review date; say so on the page.',
    missing: everything,
    proofs: [],
  },
]
