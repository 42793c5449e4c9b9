import { everything, nothing, type Row } from './row.ts'

export const publishing: Row[] = [
  {
    row: '19',
    claim: 'We publish only what you told us to.',
    mustDo: 'Send a target only with an approval whose content hash, person and destination match.',
    missing: nothing,
    proofs: [
      'server/modules/publishing/publishing.test.ts > publishing now',
      'server/modules/publishing/publishing.test.ts > editing',
      'server/modules/publishing/rules.test.ts > what to do with a target',
    ],
  },
  {
    row: '20',
    claim: 'Posts are published and scheduled, with their state and the network’s id.',
    mustDo:
      'Offer composer, calendar, queue, time zones and a state machine that keeps its word under faults.',
    missing: nothing,
    proofs: [
      'server/modules/publishing/publishing.test.ts > the calendar',
      'server/modules/publishing/publishing.test.ts > when nobody knows whether it went out',
      'server/modules/publishing/publishing.test.ts > while it is being published',
      'server/modules/publishing/local-time.test.ts > wall-clock time',
      'server/modules/publishing/rules.test.ts > a look',
    ],
  },
  {
    row: '21',
    claim: 'You can see what ran and what the network said.',
    mustDo: 'Show every end state with the network’s id and its words, cleaned of secrets.',
    missing: nothing,
    proofs: [
      'server/platform/log.test.ts > redactText',
      'server/modules/publishing/publishing.test.ts > publishing now > keeps every attempt: begun, about to be made, what the network said',
      'server/modules/publishing/publishing.test.ts > when the network refuses',
      'server/modules/publishing/publishing.test.ts > when nobody knows whether it went out',
    ],
  },
  {
    row: '22',
    claim: 'Rules may release a post by its performance.',
    mustDo: 'Let a rule release only what a person chose and approved, once, with a dry run.',
    missing: everything,
    proofs: [],
  },
  {
    row: '23',
    claim: 'Basic figures of posts and campaigns are shown.',
    mustDo:
      'Keep metrics per connection with their own clock and source; stop and erase when consent ends.',
    missing: everything,
    proofs: [],
  },
  {
    row: '24',
    claim: 'Clients get reports.',
    mustDo: 'Build reports for web, PDF and CSV, with links that expire and mails by schedule.',
    missing: everything,
    proofs: [],
  },
  {
    row: '25',
    claim: 'Campaigns are managed and made better.',
    mustDo: 'List ad accounts and statistics; suggest from the account’s own data alone.',
    missing: everything,
    proofs: [],
  },
  {
    row: '26',
    claim: 'A profile is shown in the list of accounts.',
    mustDo: 'Show name, username and picture, and nothing else.',
    missing: everything,
    proofs: [],
  },
]
