import { everything, nothing, type Row } from './row.ts'

export const connections: Row[] = [
  {
    row: '9',
    claim: 'Networks are connected by OAuth, with the permissions that you approve.',
    mustDo: 'Ask for the least scopes; a scope that is not granted turns off one feature only.',
    missing: nothing,
    proofs: [
      'server/modules/networks/networks.test.ts > connecting',
      'server/modules/networks/networks.test.ts > signing in again',
    ],
  },
  {
    row: '10',
    claim: 'Access and refresh tokens are kept safe.',
    mustDo: 'Keep them in the vault only: never in answers, logs, errors, exports or dumps.',
    missing: nothing,
    proofs: [
      'server/modules/networks/networks.test.ts > what is kept and told',
      'server/platform/crypto.test.ts > seal',
      'server/platform/log.test.ts > log > hides secrets by the name of their key, at any depth, also in bindings and headers',
      'server/modules/networks/tokens.test.ts > while tokens are exchanged',
    ],
  },
  {
    row: '11',
    claim: 'Account data shows the state of a connection.',
    mustDo:
      'Show active, expiring, needs sign-in and revoked, and store no more than each network allows.',
    missing: nothing,
    proofs: [
      'server/modules/networks/networks.test.ts > connecting > makes a connection that names only what our user and the consent said',
      'server/modules/networks/tokens.test.ts > a connection that nobody uses',
      'server/modules/networks/networks.test.ts > disconnecting',
      'server/modules/networks/rules.test.ts',
    ],
  },
  {
    row: '12',
    claim: 'Boards and pins are read to choose where to publish.',
    mustDo: 'Pick boards live; keep nothing of them but the chosen ids.',
    missing: nothing,
    proofs: [
      'server/modules/networks/networks.test.ts > what is asked live',
      'server/modules/networks/networks.test.ts > what is kept and told',
    ],
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
    missing: nothing,
    proofs: [
      'server/modules/networks/networks.test.ts > disconnecting',
      'server/modules/publishing/publishing.test.ts > a connection > that is disconnected stops what was scheduled: the network hears nothing for thirty days',
      'server/modules/publishing/publishing.test.ts > while it is being published > an edit, a move and a disconnect before the call win too',
    ],
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
    missing: nothing,
    proofs: [
      'server/modules/networks/tokens.test.ts > a refused token',
      'server/modules/networks/tokens.test.ts > a token that ends soon',
      'server/modules/publishing/publishing.test.ts > a connection > whose token ends just before sends on time all the same',
    ],
  },
  {
    row: '18',
    claim: 'After disconnecting we take in nothing more.',
    mustDo: 'Guard at the egress; drop late webhooks unread.',
    missing: 'webhooks; a proof from the egress ledger',
    proofs: [],
  },
]
