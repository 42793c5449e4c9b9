import type { Platform } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { ipHeader } from './ip-header.ts'
import { type SecurityKind, toldByMail } from './security-words.ts'
import {
  insertSecurityEvent,
  insertSecurityEventByEmail,
  type SecurityNote,
} from './session-store.ts'
import { tellSecurityEvent } from './signals.ts'

const from = (kind: SecurityKind, headers: Headers | undefined): SecurityNote => ({
  kind,
  ip: headers?.get(ipHeader) ?? null,
  userAgent: headers?.get('user-agent')?.slice(0, 400) ?? null,
})

/** Writes into a person's security log, and enqueues the mail where the person must hear of it. */
export async function noteSecurity(
  platform: Platform,
  personId: string,
  kind: SecurityKind,
  headers: Headers | undefined,
): Promise<void> {
  await platform.database.global((tx) =>
    noteSecurityIn(tx, platform, personId, from(kind, headers)),
  )
}

/** The same inside a transaction that is open already. */
export async function noteSecurityIn(
  tx: Tx,
  { jobs }: Pick<Platform, 'jobs'>,
  personId: string,
  note: SecurityNote,
): Promise<void> {
  const eventId = await insertSecurityEvent(tx, { personId, ...note })
  if (toldByMail.has(note.kind)) await jobs.send(tx, tellSecurityEvent, { eventId })
}

export async function noteFailedSignIn(
  platform: Platform,
  email: string,
  headers: Headers | undefined,
): Promise<void> {
  await platform.database.global((tx) =>
    insertSecurityEventByEmail(tx, email, from('sign_in_failed', headers)),
  )
}
