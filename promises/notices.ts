import { everything, nothing, type Row } from './row.ts'

export const notices: Row[] = [
  {
    row: '104',
    claim: 'The page always shows its true date.',
    mustDo: 'Render it from the declarations; keep hash and date of each version.',
    missing: nothing,
    proofs: [
      'server/privacy-page.test.ts > the version of the page',
      'server/privacy-page.test.ts > the privacy page',
    ],
  },
  {
    row: '105',
    claim: 'Important changes are told 30 days before.',
    mustDo: 'Tell a widened purpose by mail, and let it start on day 30.',
    missing: everything,
    proofs: [],
  },
  {
    row: '106',
    claim: 'Where data lies and travels is told.',
    mustDo: 'Name the region of each store and processor, checked at start.',
    missing: everything,
    proofs: [],
  },
  {
    row: '107',
    claim: 'The service is not for children.',
    mustDo: 'Ask for the age; act on a report within 72 hours.',
    missing: everything,
    proofs: [],
  },
  {
    row: '108',
    claim: 'Links to other sites are marked.',
    mustDo: 'Mark them, and give away no referrer.',
    missing: 'a crawl of every page',
    proofs: [],
  },
  {
    row: '109',
    claim: 'There is somebody to ask.',
    mustDo: 'Demand real addresses for contact; route privacy mail to requests.',
    missing: everything,
    proofs: [],
  },
]
