import { everything, nothing, type Row } from './row.ts'

export const account: Row[] = [
  {
    row: '1',
    claim: 'We hold the named kinds of account data and no others.',
    mustDo: 'Hold only declared columns, each with category, purpose, source and clock.',
    missing: nothing,
    proofs: ['server/schema.test.ts > the data map'],
  },
  {
    row: '2',
    claim: 'We never collect the password of another service.',
    mustDo:
      'Connect networks and mailboxes by OAuth or forwarding only; the one password field is our own sign-in.',
    missing: 'a scan of the forms and the database for a second password field',
    proofs: [
      'server/platform/api-docs.test.ts > the description of the API > takes no password: the one password field is that of signing in, which is no part of it',
    ],
  },
  {
    row: '3',
    claim: 'Passwords are stored as a strong hash.',
    mustDo:
      'Use argon2id with its parameters in the hash, hash anew at sign-in when they grow, and take as long for unknown people.',
    missing: nothing,
    proofs: [
      'server/modules/accounts/accounts.test.ts > a password > is kept as argon2id with its parameters, and hashed anew when they were weaker',
      'server/modules/accounts/accounts.test.ts > a password > that is wrong is answered like an unknown account, in words and in time',
    ],
  },
  {
    row: '4',
    claim: 'Sign-in by Google and by sessions of our own.',
    mustDo:
      'Hold nonce, state and PKCE; keep sessions on the server and revocable; link no unconfirmed address.',
    missing: nothing,
    proofs: [
      'server/modules/accounts/google.test.ts > sign-in with Google',
      'server/modules/accounts/accounts.test.ts > a session',
    ],
  },
  {
    row: '5',
    claim: 'Sessions, second factors and security events protect the account.',
    mustDo:
      'Offer TOTP, recovery codes and passkeys, a list of sessions and a security log that the person sees.',
    missing: 'second factors and passkeys',
    proofs: [
      'server/modules/accounts/accounts.test.ts > a session > is listed with the others and ended one by one, never another person’s',
    ],
  },
  {
    row: '6',
    claim: 'Your settings belong to the workspace.',
    mustDo:
      'Keep scheduling, destination and rule settings per workspace, exportable and erasable.',
    missing: 'automation rules, export and import',
    proofs: ['server/modules/accounts/workspaces.test.ts > a workspace'],
  },
  {
    row: '7',
    claim: 'A client of an agency sees only what is its own.',
    mustDo:
      'Let workspace, client and connection own what hangs on them; give clients a viewing role.',
    missing: everything,
    proofs: [],
  },
  {
    row: '8',
    claim: 'Everything is open to programs too, under the same rights.',
    mustDo: 'Offer a public API with scoped, hashed keys and the same authorisation as the pages.',
    missing: 'the matrix of every route, role and workspace',
    proofs: [
      'server/modules/accounts/workspaces.test.ts > an API key',
      'server/modules/accounts/workspaces.test.ts > members > may exactly what their role says',
    ],
  },
]
