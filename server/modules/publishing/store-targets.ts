import { and, asc, desc, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { approvals, attempts, postMedia, posts, targets } from './tables.ts'
import type { AttemptRow, MediaRow, PostRow, TargetRow } from './types.ts'

const one = (workspaceId: string, id: string) =>
  and(eq(targets.workspaceId, workspaceId), eq(targets.id, id))

/** The database's time, which all due times and leases are compared with. */
export async function databaseNow(tx: Tx): Promise<Date> {
  const { rows } = await tx.execute<{ now: Date }>(sql`select app.now() as now`)
  const [row] = rows
  if (!row) throw new Error('The database told no time')
  return new Date(row.now)
}

/** A target and its post, locked against every other change until the transaction ends. */
export async function lockTarget(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<
  { target: TargetRow; post: PostRow; approvedHash: string | null; now: Date } | undefined
> {
  const [row] = await tx
    .select({
      target: targets,
      post: posts,
      approvedHash: approvals.contentHash,
      now: sql<Date>`app.now()`.mapWith(targets.updatedAt),
    })
    .from(targets)
    .innerJoin(posts, and(eq(posts.workspaceId, targets.workspaceId), eq(posts.id, targets.postId)))
    .leftJoin(
      approvals,
      and(
        eq(approvals.workspaceId, targets.workspaceId),
        eq(approvals.id, targets.approvalId),
        sql`${approvals.withdrawnAt} is null`,
      ),
    )
    .where(one(workspaceId, id))
    .for('update', { of: targets })
  return row
}

export async function findTarget(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<TargetRow | undefined> {
  const [row] = await tx.select().from(targets).where(one(workspaceId, id))
  return row
}

export async function targetsOfPosts(
  tx: Tx,
  workspaceId: string,
  postIds: string[],
): Promise<TargetRow[]> {
  if (postIds.length === 0) return []
  return tx
    .select()
    .from(targets)
    .where(and(eq(targets.workspaceId, workspaceId), inArray(targets.postId, postIds)))
    .orderBy(asc(targets.position), asc(targets.id))
}

/** Targets of a post, locked in a fixed order so that two writers cannot wait for each other. */
export async function lockTargetsOfPost(
  tx: Tx,
  workspaceId: string,
  postId: string,
): Promise<TargetRow[]> {
  return tx
    .select()
    .from(targets)
    .where(and(eq(targets.workspaceId, workspaceId), eq(targets.postId, postId)))
    .orderBy(asc(targets.id))
    .for('update')
}

type Change = Partial<Omit<TargetRow, 'workspaceId' | 'id' | 'fence' | 'updatedAt'>>

/**
 * Changes a target that this process holds. False when the fence has moved on: somebody else has
 * taken it over, or a person changed it, and nothing was written.
 */
export async function changeHeld(
  tx: Tx,
  held: { workspaceId: string; id: string; fence: number },
  change: Change,
): Promise<boolean> {
  const rows = await tx
    .update(targets)
    .set({ ...change, updatedAt: sql`app.now()` })
    .where(and(one(held.workspaceId, held.id), eq(targets.fence, held.fence)))
    .returning({ id: targets.id })
  return rows.length > 0
}

/** Takes the lease for `ms` and the next fence. The row is locked by the caller. */
export async function takeLease(
  tx: Tx,
  target: TargetRow,
  state: string,
  ms: number,
): Promise<TargetRow> {
  const [row] = await tx
    .update(targets)
    .set({
      state,
      fence: sql`${targets.fence} + 1`,
      leaseUntil: sql`app.now() + ${ms} * interval '1 millisecond'`,
      nextTryAt: null,
      reason: null,
      updatedAt: sql`app.now()`,
    })
    .where(one(target.workspaceId, target.id))
    .returning()
  if (!row) throw new Error('A locked target is gone')
  return row
}

/** Makes the lease longer. False when it is lost. */
export async function extendLease(
  tx: Tx,
  held: { workspaceId: string; id: string; fence: number },
  ms: number,
): Promise<boolean> {
  const rows = await tx
    .update(targets)
    .set({ leaseUntil: sql`app.now() + ${ms} * interval '1 millisecond'` })
    .where(and(one(held.workspaceId, held.id), eq(targets.fence, held.fence)))
    .returning({ id: targets.id })
  return rows.length > 0
}

/**
 * Commits what is about to be done, before it is done. Answers `lost` when the fence has moved on,
 * and `busy` when another target that looks the same at the same place is not settled yet.
 */
export async function armTarget(
  tx: Tx,
  held: { workspaceId: string; id: string; fence: number },
  about: { handle: TargetRow['handle']; fingerprint: string; callMs: number },
): Promise<'armed' | 'lost' | 'busy'> {
  await tx.execute(sql`savepoint arm`)
  try {
    const rows = await tx
      .update(targets)
      .set({
        state: 'armed',
        handle: about.handle,
        fingerprint: about.fingerprint,
        looks: 0,
        armedAt: sql`app.now()`,
        callEndsAt: sql`app.now() + ${about.callMs} * interval '1 millisecond'`,
        leaseUntil: sql`app.now() + ${about.callMs} * interval '1 millisecond'`,
        updatedAt: sql`app.now()`,
      })
      .where(
        and(
          one(held.workspaceId, held.id),
          eq(targets.fence, held.fence),
          inArray(targets.state, ['publishing', 'prepared']),
        ),
      )
      .returning({ id: targets.id })
    return rows.length > 0 ? 'armed' : 'lost'
  } catch (error) {
    if (!isUniqueViolation(error, 'targets_unsettled')) throw error
    await tx.execute(sql`rollback to savepoint arm`)
    return 'busy'
  }
}

function isUniqueViolation(error: unknown, constraint: string): boolean {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    const { code, constraint: name } = fault as Error & { code?: string; constraint?: string }
    if (code === '23505' && name === constraint) return true
  }
  return false
}

/** Which of these posts of the network belong to other targets already. */
export async function ownedElsewhere(
  tx: Tx,
  target: TargetRow,
  externalIds: string[],
): Promise<Set<string>> {
  if (externalIds.length === 0) return new Set()
  const rows = await tx
    .select({ externalId: targets.externalId })
    .from(targets)
    .where(
      and(
        eq(targets.workspaceId, target.workspaceId),
        eq(targets.connectionId, target.connectionId),
        ne(targets.id, target.id),
        isNotNull(targets.externalId),
        inArray(targets.externalId, externalIds),
      ),
    )
  return new Set(rows.map((row) => row.externalId ?? ''))
}

export async function insertAttempt(
  tx: Tx,
  target: { workspaceId: string; id: string },
  attempt: Pick<AttemptRow, 'number' | 'phase' | 'outcome' | 'words'> &
    Partial<Pick<AttemptRow, 'detail' | 'durationMs'>>,
): Promise<string> {
  const id = newId()
  await tx.insert(attempts).values({
    workspaceId: target.workspaceId,
    id,
    targetId: target.id,
    ...attempt,
    words: attempt.words.slice(0, 1000),
    detail: attempt.detail?.slice(0, 2000) ?? null,
  })
  return id
}

export async function attemptsOf(
  tx: Tx,
  workspaceId: string,
  targetId: string,
): Promise<AttemptRow[]> {
  return tx
    .select()
    .from(attempts)
    .where(and(eq(attempts.workspaceId, workspaceId), eq(attempts.targetId, targetId)))
    .orderBy(asc(attempts.id))
}

export async function mediaOfPosts(
  tx: Tx,
  workspaceId: string,
  postIds: string[],
): Promise<MediaRow[]> {
  if (postIds.length === 0) return []
  return tx
    .select()
    .from(postMedia)
    .where(and(eq(postMedia.workspaceId, workspaceId), inArray(postMedia.postId, postIds)))
    .orderBy(asc(postMedia.postId), asc(postMedia.position))
}

/** Writes a person's approval of this content for this target. */
export async function approveTarget(
  tx: Tx,
  target: TargetRow,
  contentHash: string,
  personId: string,
): Promise<string> {
  const id = newId()
  await tx.insert(approvals).values({
    workspaceId: target.workspaceId,
    id,
    targetId: target.id,
    contentHash,
    approvedBy: personId,
  })
  return id
}

const fresh = {
  fence: sql`${targets.fence} + 1`,
  leaseUntil: null,
  nextTryAt: null,
  armedAt: null,
  callEndsAt: null,
  reason: null,
  updatedAt: sql`app.now()`,
}

/** Schedules a locked target anew. The next fence stops whoever may be preparing it. */
export async function putInCalendar(
  tx: Tx,
  target: TargetRow,
  { dueAt, slotAt, approvalId }: { dueAt: Date; slotAt: Date | null; approvalId?: string },
): Promise<void> {
  await tx
    .update(targets)
    .set({
      ...fresh,
      state: 'scheduled',
      dueAt,
      slotAt,
      ...(approvalId ? { approvalId, failures: 0, resubmits: 0 } : {}),
    })
    .where(one(target.workspaceId, target.id))
}

/** Takes a locked target out of the calendar, and its approval back. */
export async function backToDraft(tx: Tx, target: TargetRow): Promise<void> {
  await withdrawApproval(tx, target)
  await tx
    .update(targets)
    .set({ ...fresh, state: 'draft', dueAt: null, slotAt: null, approvalId: null })
    .where(one(target.workspaceId, target.id))
}

/** Ends a locked target that has not gone out. */
export async function cancelTargetRow(
  tx: Tx,
  target: TargetRow,
  reason: string | null,
): Promise<void> {
  await withdrawApproval(tx, target)
  await tx
    .update(targets)
    .set({ ...fresh, state: 'cancelled', slotAt: null, approvalId: null, reason })
    .where(one(target.workspaceId, target.id))
}

async function withdrawApproval(tx: Tx, target: TargetRow): Promise<void> {
  if (!target.approvalId) return
  await tx
    .update(approvals)
    .set({ withdrawnAt: sql`app.now()` })
    .where(and(eq(approvals.workspaceId, target.workspaceId), eq(approvals.id, target.approvalId)))
}

/** Targets of a connection in these states, locked in a fixed order. */
export async function lockTargetsOfConnection(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
  states: string[],
): Promise<TargetRow[]> {
  return tx
    .select()
    .from(targets)
    .where(
      and(
        eq(targets.workspaceId, workspaceId),
        eq(targets.connectionId, connectionId),
        inArray(targets.state, states),
      ),
    )
    .orderBy(asc(targets.id))
    .for('update')
}

/** A person's word on what became of a locked target. */
export async function resolveTargetRow(
  tx: Tx,
  target: TargetRow,
  change: { externalId: string; externalUrl: string },
): Promise<void> {
  await tx
    .update(targets)
    .set({
      ...fresh,
      state: 'published',
      ...change,
      publishedAt: sql`coalesce(${targets.armedAt}, app.now())`,
    })
    .where(one(target.workspaceId, target.id))
}

/** The newest approval of a target, if any; it may have been withdrawn since. */
export async function newestApproval(tx: Tx, workspaceId: string, targetId: string) {
  const [row] = await tx
    .select({ approvedBy: approvals.approvedBy, contentHash: approvals.contentHash })
    .from(approvals)
    .where(and(eq(approvals.workspaceId, workspaceId), eq(approvals.targetId, targetId)))
    .orderBy(desc(approvals.id))
    .limit(1)
  return row
}
