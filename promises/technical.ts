import { everything, type Row } from './row.ts'

export const technical: Row[] = [
  {
    row: '59',
    claim: 'Logs hold technical facts, for a time.',
    mustDo: 'Write declared keys only, redacted, with a clock.',
    missing: 'a list of declared keys and a clock for log files',
    proofs: ['server/platform/log.test.ts > log'],
  },
  {
    row: '60',
    claim: 'How the service is used may be counted, by us alone.',
    mustDo: 'Count first-party events only, with an opt-out.',
    missing: everything,
    proofs: [],
  },
  {
    row: '61',
    claim: 'Only essential cookies are set.',
    mustDo: 'Register every cookie; set none before it is needed.',
    missing: 'the register and a crawl of every page',
    proofs: [
      'server/modules/accounts/accounts.test.ts > a session > cookie is closed to scripts and other sites',
    ],
  },
  {
    row: '62',
    claim: 'No script of others runs on our pages.',
    mustDo: 'Use a challenge of our own where one is needed.',
    missing: 'a crawl of every page',
    proofs: [],
  },
  {
    row: '63',
    claim: 'Support messages are kept apart, and staff needs leave.',
    mustDo: 'Keep tickets with their own clock; staff access is granted, timed and logged.',
    missing: everything,
    proofs: [],
  },
  {
    row: '64',
    claim: 'Reports of errors to others are off unless chosen.',
    mustDo: 'Keep them off by default and scrubbed.',
    missing: everything,
    proofs: [],
  },
  {
    row: '65',
    claim: 'Service mails are told apart from marketing.',
    mustDo: 'Type each template; news of features counts as marketing.',
    missing: 'types of templates',
    proofs: [],
  },
]
