import { and, desc, eq, gt, lt, ne, sql } from 'drizzle-orm'
import type { Role } from '../../../contract/accounts.ts'
import { notExpired } from '../../platform/clocks.ts'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { lifetimes } from './rules.ts'
import { securityEventsClass } from './security-events-class.ts'
import type { SecurityKind } from './security-words.ts'
import { memberships, securityEvents, sessions, signInMethods, users } from './tables.ts'

/** A sign-in that still holds, and the role in the workspace that was named. One statement. */
export async function findSession(tx: Tx, tokenHash: string, workspaceId: string | null) {
  const [row] = await tx
    .select({
      id: sessions.id,
      personId: sessions.userId,
      role: memberships.role,
      stale: sql<boolean>`${sessions.updatedAt} < app.now() - interval '5 minutes'`,
    })
    .from(sessions)
    .leftJoin(
      memberships,
      and(
        eq(memberships.userId, sessions.userId),
        workspaceId === null ? sql`false` : eq(memberships.workspaceId, workspaceId),
      ),
    )
    .where(and(eq(sessions.token, tokenHash), gt(sessions.expiresAt, sql`app.now()`)))
  return row && { ...row, role: row.role as Role | null }
}

/** Notes that a sign-in is in use, which lets it live on, but never beyond its longest time. */
export async function touchSession(tx: Tx, id: string): Promise<void> {
  await tx
    .update(sessions)
    .set({
      updatedAt: sql`app.now()`,
      expiresAt: sql`least(
        app.now() + make_interval(days => ${lifetimes.signInIdleDays}),
        ${sessions.createdAt} + make_interval(days => ${lifetimes.signInDays}))`,
    })
    .where(eq(sessions.id, id))
}

export async function selectSessions(tx: Tx, personId: string) {
  return tx
    .select({
      id: sessions.id,
      ip: sessions.ipAddress,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.updatedAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, personId), gt(sessions.expiresAt, sql`app.now()`)))
    .orderBy(desc(sessions.updatedAt))
}

export async function deleteSession(tx: Tx, personId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, personId), eq(sessions.id, id)))
    .returning({ id: sessions.id })
  return rows.length > 0
}

export async function insertSession(
  tx: Tx,
  session: { personId: string; tokenHash: string; ip: string | null; userAgent: string | null },
): Promise<void> {
  await tx.insert(sessions).values({
    id: newId(),
    userId: session.personId,
    token: session.tokenHash,
    ipAddress: session.ip,
    userAgent: session.userAgent,
    expiresAt: sql`app.now() + make_interval(days => ${lifetimes.signInIdleDays})`,
  })
}

/** Somebody who could not be stopped from taking an address that is not theirs, and never proved it. */
export async function deleteUnconfirmed(tx: Tx, email: string): Promise<void> {
  await tx.delete(users).where(and(eq(users.email, email), eq(users.emailVerified, false)))
}

export async function confirmEmail(tx: Tx, personId: string): Promise<void> {
  await tx
    .update(users)
    .set({ emailVerified: true, updatedAt: sql`app.now()` })
    .where(eq(users.id, personId))
}

/** Exchanges a hash for a stronger one of the same password. */
export async function replaceHash(tx: Tx, before: string, after: string): Promise<void> {
  await tx
    .update(signInMethods)
    .set({ password: after, updatedAt: sql`app.now()` })
    .where(eq(signInMethods.password, before))
}

export type SecurityNote = {
  kind: SecurityKind
  ip: string | null
  userAgent: string | null
}

export async function insertSecurityEvent(
  tx: Tx,
  note: SecurityNote & { personId: string },
): Promise<string> {
  const { personId, ...rest } = note
  const id = newId()
  await tx.insert(securityEvents).values({ id, userId: personId, ...rest })
  return id
}

/** The same by address. One statement whether or not there is such an account: it costs the same. */
export async function insertSecurityEventByEmail(
  tx: Tx,
  email: string,
  note: SecurityNote,
): Promise<void> {
  await tx.execute(sql`
    insert into ${securityEvents} (id, user_id, kind, ip, user_agent)
    select ${newId()}::uuid, id, ${note.kind}, ${note.ip}, ${note.userAgent}
    from ${users} where email = ${email}`)
}

export async function selectSecurityEvent(tx: Tx, id: string) {
  const [row] = await tx
    .select({ event: securityEvents, email: users.email, name: users.name })
    .from(securityEvents)
    .innerJoin(users, eq(users.id, securityEvents.userId))
    .where(eq(securityEvents.id, id))
  return row
}

/** Newest first, before a row if one is given. */
export async function selectSecurityEvents(
  tx: Tx,
  personId: string,
  page: { before: string | undefined; limit: number },
) {
  return tx
    .select()
    .from(securityEvents)
    .where(
      and(
        eq(securityEvents.userId, personId),
        notExpired(securityEventsClass),
        page.before === undefined ? undefined : lt(securityEvents.id, page.before),
      ),
    )
    .orderBy(desc(securityEvents.id))
    .limit(page.limit)
}

/** Whether the person has another way to sign in than this. */
export async function hasOtherMethod(
  tx: Tx,
  personId: string,
  providerId: string,
): Promise<boolean> {
  const rows = await tx
    .select({ id: signInMethods.id })
    .from(signInMethods)
    .where(and(eq(signInMethods.userId, personId), ne(signInMethods.providerId, providerId)))
    .limit(1)
  return rows.length > 0
}
