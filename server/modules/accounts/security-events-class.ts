import type { DataClass } from '../../platform/data-map.ts'

/** By itself, because reading the log holds to its clock too. */
export const securityEventsClass: DataClass = {
  subject: 'account holder',
  recipients: [],
  export: true,
  erase: 'delete',
  id: 'accounts.security_events',
  name: 'the security log of your account: what happened, when, from which network address',
  table: 'security_events',
  columns: ['id', 'user_id', 'kind', 'ip', 'user_agent', 'at'],
  category: 'activity',
  source: 'made here',
  purposes: ['keep accounts safe'],
  legalBasis: 'legitimate interest',
  clock: { kind: 'after', column: 'at', period: '365 days', words: 'one year' },
}
