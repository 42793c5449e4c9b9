import { and, asc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Tx } from '../../platform/database.ts'
import { connections } from './tables.ts'

export type ConnectionRow = typeof connections.$inferSelect
type Change = PgUpdateSetSource<typeof connections>

const one = (workspaceId: string, id: string) =>
  and(eq(connections.workspaceId, workspaceId), eq(connections.id, id))

export async function connectionRow(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow | undefined> {
  const [row] = await tx.select().from(connections).where(one(workspaceId, id))
  return row
}

/** Holds it until the transaction ends. */
export async function lockConnection(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow | undefined> {
  const [row] = await tx.select().from(connections).where(one(workspaceId, id)).for('update')
  return row
}

export async function lockConnectionOf(
  tx: Tx,
  workspaceId: string,
  account: { network: string; accountId: string },
): Promise<ConnectionRow | undefined> {
  const [row] = await tx
    .select()
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, workspaceId),
        eq(connections.network, account.network),
        eq(connections.accountId, account.accountId),
      ),
    )
    .for('update')
  return row
}

/** All of the workspace, oldest first; a workspace has few. */
export function connectionRows(tx: Tx, workspaceId: string): Promise<ConnectionRow[]> {
  return tx
    .select()
    .from(connections)
    .where(eq(connections.workspaceId, workspaceId))
    .orderBy(asc(connections.id))
}

export async function connectionRowsById(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
  lock?: 'share',
): Promise<ConnectionRow[]> {
  if (ids.length === 0) return []
  const query = tx
    .select()
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), inArray(connections.id, [...ids])))
  return lock ? query.for(lock) : query
}

/** Those whose authorisation ends soon and can still be renewed. */
export function rowsToRenew(tx: Tx, workspaceId: string): Promise<ConnectionRow[]> {
  return tx
    .select()
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, workspaceId),
        isActive,
        isNotNull(connections.refreshToken),
        // Three days before people are warned of the end.
        lt(connections.refreshExpiresAt, sql`app.now() + interval '10 days'`),
      ),
    )
}

/** Undefined when the same account was connected at the same moment. */
export async function insertConnection(
  tx: Tx,
  row: typeof connections.$inferInsert,
): Promise<ConnectionRow | undefined> {
  const [made] = await tx.insert(connections).values(row).onConflictDoNothing().returning()
  return made
}

/** @returns the row as it is now; undefined when `onlyIf` no longer held. */
export async function changeConnection(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Change,
  onlyIf?: SQL,
): Promise<ConnectionRow | undefined> {
  const [row] = await tx
    .update(connections)
    .set(change)
    .where(and(one(workspaceId, id), onlyIf))
    .returning()
  return row
}

/** Holds while nobody has put in another pair of tokens. */
export const hasVersion = (version: number): SQL => eq(connections.tokenVersion, version)
export const isActive: SQL = eq(connections.status, 'active')
/** Active, and with this pair of tokens if one is named. */
export const isActiveWith = (version: number | undefined): SQL | undefined =>
  and(isActive, version === undefined ? undefined : hasVersion(version))

/** For a column that is set to the present instant. */
export const databaseNow: SQL = sql`app.now()`

// The lease bounds a remote call, which takes real time; a moved clock must not end it early.
const leaseIsOver = or(
  isNull(connections.refreshingUntil),
  lt(connections.refreshingUntil, sql`clock_timestamp()`),
)

/** Takes the right to exchange this pair of tokens, for so long. False when somebody else has it. */
export async function claimRefresh(
  tx: Tx,
  { workspaceId, id, tokenVersion }: ConnectionRow,
  leaseMs: number,
): Promise<boolean> {
  const refreshingUntil = sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`
  const rows = await tx
    .update(connections)
    .set({ refreshingUntil })
    .where(and(one(workspaceId, id), hasVersion(tokenVersion), isActive, leaseIsOver))
    .returning({ id: connections.id })
  return rows.length > 0
}

/** Remembers when it was last used, to the minute: one write a minute, not one a call. */
export async function markUsed(tx: Tx, workspaceId: string, id: string): Promise<void> {
  const stale = or(
    isNull(connections.lastUsedAt),
    lt(connections.lastUsedAt, sql`app.now() - interval '1 minute'`),
  )
  await tx
    .update(connections)
    .set({ lastUsedAt: sql`app.now()` })
    .where(and(one(workspaceId, id), stale))
}

/** The network asked us to wait. A longer pause that is set already stays. */
export async function pauseUntil(
  tx: Tx,
  workspaceId: string,
  id: string,
  until: Date,
): Promise<void> {
  await tx
    .update(connections)
    .set({
      pausedUntil: sql`greatest(${connections.pausedUntil}, ${until.toISOString()}::timestamptz)`,
    })
    .where(one(workspaceId, id))
}
