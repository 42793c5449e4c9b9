import { account } from './account.ts'
import { connections } from './connections.ts'
import { inbox } from './inbox.ts'
import { notices } from './notices.ts'
import { payments } from './payments.ts'
import { publishing } from './publishing.ts'
import { purposes } from './purposes.ts'
import { retention } from './retention.ts'
import { rights } from './rights.ts'
import type { Row } from './row.ts'
import { security } from './security.ts'
import { studio } from './studio.ts'
import { technical } from './technical.ts'

/** The acceptance list: all that Avow promises, by area. */
export const acceptance: readonly { area: string; rows: readonly Row[] }[] = [
  { area: 'Account, sign-in, workspaces', rows: account },
  { area: 'Connections and tokens', rows: connections },
  { area: 'Publishing, automation, analytics, client reports', rows: publishing },
  { area: 'Content library and AI', rows: studio },
  { area: 'Inbox, messages, calls, customers, quotes, invoices, bookings', rows: inbox },
  { area: 'Payments', rows: payments },
  { area: 'Logs, cookies, telemetry, support', rows: technical },
  { area: 'Purposes, limits of use, sharing', rows: purposes },
  { area: 'Retention', rows: retention },
  { area: 'Rights and controls', rows: rights },
  { area: 'Security and breach', rows: security },
  { area: 'Notices, transfers, children, contact', rows: notices },
]
