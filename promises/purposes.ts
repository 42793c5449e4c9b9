import { everything, nothing, type Row } from './row.ts'

export const purposes: Row[] = [
  {
    row: '66',
    claim: 'Data is used for listed purposes only.',
    mustDo: 'Name an allowed purpose at every read and egress; print the same list as in code.',
    missing: 'purposes checked at reads; egress names one already',
    proofs: ['server/privacy-page.test.ts > the purposes'],
  },
  {
    row: '67',
    claim: 'We do not sell, rent or trade data.',
    mustDo: 'Let nothing out but to registered hosts.',
    missing: 'the count over the whole journeys',
    proofs: [
      'server/platform/egress.test.ts > egress > goes to the registered hosts of that processor only',
      'server/platform/egress-only-way.test.ts > the one way out',
    ],
  },
  {
    row: '68',
    claim: 'No advertising, no profiling for marketing.',
    mustDo: 'Have no such purpose for any personal data.',
    missing: 'a check in the database',
    proofs: ['server/privacy-page.test.ts > the purposes'],
  },
  {
    row: '69',
    claim: 'Data of the video network serves three uses.',
    mustDo: 'Tag it and allow these alone.',
    missing: everything,
    proofs: [],
  },
  {
    row: '70',
    claim: 'Message data of networks is shared with nobody and analysed for nothing else.',
    mustDo: 'Tag it; analytics jobs have no grant on it.',
    missing: everything,
    proofs: [],
  },
  {
    row: '71',
    claim: 'We claim no affiliation with a network.',
    mustDo: 'Print the line, and lead to the networks’ own terms.',
    missing: 'the lines that each network asks for',
    proofs: [
      'server/privacy-page.test.ts > the privacy page > lists the recipients that are in use here, and not the others',
    ],
  },
  {
    row: '72',
    claim: 'Who works for us is listed.',
    mustDo: 'Make the register from what is switched on here.',
    missing: nothing,
    proofs: [
      'server/privacy-page.test.ts > the privacy page > lists the recipients that are in use here, and not the others',
      'server/privacy-page.test.ts > the privacy page > speaks only of recipients that the register knows',
    ],
  },
  {
    row: '73',
    claim: 'Those who work for us are bound by contract.',
    mustDo: 'Print such a sentence only with evidence that has not expired.',
    missing: everything,
    proofs: [],
  },
  {
    row: '74',
    claim: 'What you send reaches whom you chose.',
    mustDo: 'Show the recipient before sending; hold the ledger against the approval.',
    missing: 'the ledger of deliveries held against approvals',
    proofs: [],
  },
  {
    row: '75',
    claim: 'Authorities get data only under a legal duty.',
    mustDo: 'Log disclosures, let two people approve, export only the order’s scope.',
    missing: everything,
    proofs: [],
  },
  {
    row: '76',
    claim: 'A sale of the business is told first.',
    mustDo: 'Block the transfer until the notice is delivered.',
    missing: everything,
    proofs: [],
  },
  {
    row: '77',
    claim: 'Figures of a client go to that client alone.',
    mustDo: 'Never add up over clients.',
    missing: everything,
    proofs: [],
  },
]
