/**
 * What the privacy page promises. A sentence is printed only when it names the tests that prove it;
 * `npm run promises -- --check` fails when one of these has not passed.
 */
export type Sentence = {
  id: string
  /** `{clock:<class>}` becomes how long that class is kept. */
  template: string
  /** Ids of the data classes that it speaks about; `*` for all. */
  claims: readonly string[]
  /** `file > describe > it`, or a beginning of it: then all tests under it. Empty: not printed. */
  proofs: readonly string[]
}

export const sentences: readonly Sentence[] = [
  {
    id: 'publish-only-chosen',
    template:
      'A post goes out only where, when and as a person approved it. Changing it takes the approval back.',
    claims: ['publishing.posts', 'publishing.approvals'],
    proofs: [
      'server/modules/publishing/publishing.test.ts > publishing now > sends nothing without an approval: a draft stays where it is',
      'server/modules/publishing/publishing.test.ts > publishing now > sends a job without an approval nowhere, even when the row says scheduled',
      'server/modules/publishing/publishing.test.ts > editing > takes the approval back: what was scheduled does not go out',
    ],
  },
  {
    id: 'nothing-of-networks',
    template:
      'Names and pictures of accounts, and names of boards, are asked from the network each time they are shown and are not stored. Only the ids that you choose are.',
    claims: ['networks.connections', 'networks.default_destination', 'publishing.targets'],
    proofs: ['server/modules/networks/networks.test.ts > what is kept and told'],
  },
  {
    id: 'tokens-destroyed',
    template:
      'When you disconnect an account, its tokens are destroyed together with the key that sealed them, what was scheduled there stops, and you get a receipt.',
    claims: ['networks.tokens', 'platform.vault_keys', 'privacy.receipts'],
    proofs: [
      'server/modules/networks/networks.test.ts > disconnecting',
      'server/modules/publishing/publishing.test.ts > a connection > that is disconnected stops what was scheduled: the network hears nothing for thirty days',
    ],
  },
  {
    id: 'tokens-sealed',
    template:
      'Tokens are stored encrypted, each for exactly the place where it lies: moved elsewhere, it does not open.',
    claims: ['networks.tokens', 'platform.vault_keys'],
    proofs: [
      'server/platform/crypto.test.ts > seal',
      'server/modules/networks/networks.test.ts > what is kept and told',
    ],
  },
  {
    id: 'metadata-stripped',
    template:
      'No place, camera or maker data of your pictures and videos reaches a network or a public address.',
    claims: ['media.renditions'],
    proofs: [
      'server/modules/media/render/render-image.test.ts',
      'server/modules/media/render/render-video.test.ts',
    ],
  },
  {
    id: 'declared',
    template:
      'Everything that is stored here is declared on this page, each column of the database exactly once. Nothing else is stored in it.',
    claims: ['*'],
    proofs: ['server/schema.test.ts > the data map'],
  },
  {
    id: 'clocks',
    template: 'What is kept for a set time is erased when the time is over, by a sweep every hour.',
    claims: ['*'],
    proofs: ['server/modules/privacy/privacy.test.ts > the sweep'],
  },
  {
    id: 'walls',
    template:
      'Workspaces are kept apart by the database itself: a row of one cannot be read, changed or even referred to from another.',
    claims: ['*'],
    proofs: [
      'server/schema.test.ts > the walls between workspaces',
      'server/schema.test.ts > a row of a workspace',
    ],
  },
  {
    id: 'one-way-out',
    template:
      'Data leaves this server in one way only: to the recipients below, or to a public address that a workspace itself gave. Who got a request, why and how it ended is written down, for {clock:platform.egress_ledger}; its contents are not.',
    claims: ['platform.egress_ledger'],
    proofs: [
      'server/platform/egress-only-way.test.ts > the one way out',
      'server/platform/egress.test.ts > egress > goes to the registered hosts of that processor only',
      'server/platform/egress.test.ts > egress > asks, answers, and ledgers who, why, where to and how it ended, but no contents',
    ],
  },
  {
    id: 'receipts-stand',
    template: 'A receipt, once written, cannot be changed or deleted by this server’s own program.',
    claims: ['privacy.receipts'],
    proofs: [
      'server/schema.test.ts > a row of a workspace > stays as it was written where it is a proof: receipts and attempts',
    ],
  },
  {
    id: 'logs',
    template:
      'Passwords, tokens and keys are taken out of the server’s logs, by the name of their field and by their look.',
    claims: [],
    proofs: [
      'server/platform/log.test.ts > log > hides secrets by the name of their key, at any depth, also in bindings and headers',
      'server/platform/log.test.ts > log > hides secrets by their look in messages, errors, causes and stacks, and stays JSON',
    ],
  },
  {
    id: 'no-advertising',
    template:
      'Data is used for the purposes listed below. Advertising, profiling for marketing, selling and training of AI models are not among them.',
    claims: ['*'],
    proofs: ['server/privacy-page.test.ts > the purposes'],
  },
  {
    id: 'this-page',
    template:
      'This page is made from the same declarations that the program runs on. They cannot change without a new version of it.',
    claims: ['*'],
    proofs: ['server/privacy-page.test.ts > the version of the page'],
  },
]
