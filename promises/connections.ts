import { everything, type Row } from './row.ts'

export const connections: Row[] = [
  {
    row: '9',
    claim: 'Networks are connected by OAuth, with the permissions that you approve.',
    mustDo: 'Ask for the least scopes; a scope that is not granted turns off one feature only.',
    missing: 'a proof by test; other networks than the first',
    proofs: [],
  },
  {
    row: '10',
    claim: 'Access and refresh tokens are kept safe.',
    mustDo: 'Keep them in the vault only: never in answers, logs, errors, exports or dumps.',
    missing: 'a search for a planted token in dump, logs and answers',
    proofs: [
      'server/platform/crypto.test.ts > seal',
      'server/platform/log.test.ts > log > hides secrets by the name of their key, at any depth, also in bindings and headers',
    ],
  },
  {
    row: '11',
    claim: 'Account data shows the state of a connection.',
    mustDo:
      'Show active, expiring, needs sign-in and revoked, and store no more than each network allows.',
    missing: 'a proof that each state is reached',
    proofs: [],
  },
  {
    row: '12',
    claim: 'Boards and pins are read to choose where to publish.',
    mustDo: 'Pick boards live; keep nothing of them but the chosen ids.',
    missing: 'a search of the database for a board’s name after use',
    proofs: [],
  },
  {
    row: '13',
    claim: 'Of one video network we take three basic scopes.',
    mustDo: 'Ask for exactly these and store exactly their fields.',
    missing: everything,
    proofs: [],
  },
  {
    row: '14',
    claim: 'Page name, id and picture identify a connected page.',
    mustDo: 'Connect pages with a webhook subscription for each.',
    missing: everything,
    proofs: [],
  },
  {
    row: '15',
    claim: 'You can disconnect at any time, and then we stop.',
    mustDo:
      'In one action: revoke, destroy key and token, stop scheduled posts, unsubscribe, write a receipt.',
    missing: 'a proof over 30 days of moved time',
    proofs: [],
  },
  {
    row: '16',
    claim: 'Taking back access at the network works as well.',
    mustDo: 'Lead every notice of a network to the same end and receipt; refuse forged ones.',
    missing: 'callbacks of networks; a probe of those without',
    proofs: [],
  },
  {
    row: '17',
    claim: 'Tokens are refreshed in time for scheduled posts.',
    mustDo: 'Refresh before expiry, once even among many workers, and safely across a crash.',
    missing: 'a proof with 200 workers at once',
    proofs: [],
  },
  {
    row: '18',
    claim: 'After disconnecting we take in nothing more.',
    mustDo: 'Guard at the egress; drop late webhooks unread.',
    missing: 'webhooks; a proof from the egress ledger',
    proofs: [],
  },
]
