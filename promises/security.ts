import { everything, nothing, type Row } from './row.ts'

export const security: Row[] = [
  {
    row: '97',
    claim: 'Data travels encrypted.',
    mustDo:
      'Refuse plain HTTP to providers and plain connections to databases elsewhere; send HSTS.',
    missing: 'a test of HSTS',
    proofs: [
      'server/platform/egress-attacks.test.ts > a URL that a person gave > is refused before anything is asked of anybody, when it points inside or is no plain https',
      'server/platform/config.test.ts > configuration > wants TLS to a database elsewhere, and none on this machine',
    ],
  },
  {
    row: '98',
    claim: 'Tokens and secrets are encrypted at rest.',
    mustDo:
      'Seal with AES-256-GCM under a key per owner, for exactly one place; rotate the master key.',
    missing: nothing,
    proofs: [
      'server/modules/networks/networks.test.ts > what is kept and told',
      'server/platform/crypto.test.ts',
    ],
  },
  {
    row: '99',
    claim: 'Access follows the least privilege.',
    mustDo: 'Wall off workspaces by row-level security; the app’s role owns nothing.',
    missing: 'roles of the database per purpose',
    proofs: [
      'server/schema.test.ts > the walls between workspaces',
      'server/schema.test.ts > a row of a workspace',
    ],
  },
  {
    row: '100',
    claim: 'Calls are rate-limited.',
    mustDo: 'Limit by address, account, key, workspace and provider, over restarts and processes.',
    missing: 'limits by workspace',
    proofs: [
      'server/modules/accounts/accounts.test.ts > tries',
      'server/modules/accounts/workspaces.test.ts > an API key > answers 429 beyond 600 a minute, in every process and after a restart',
    ],
  },
  {
    row: '101',
    claim: 'Security is assessed regularly.',
    mustDo: 'Run attacks in every test run; print a dated report.',
    missing: 'the dated report',
    proofs: ['server/platform/egress-attacks.test.ts'],
  },
  {
    row: '102',
    claim: 'A breach is told.',
    mustDo: 'Keep incidents with a 72-hour timer, find whom it touches, tell them.',
    missing: everything,
    proofs: [],
  },
  {
    row: '103',
    claim: 'Abuse is found and stopped.',
    mustDo: 'Lock by signals, with an appeal.',
    missing: everything,
    proofs: [],
  },
]
