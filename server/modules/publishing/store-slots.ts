import { and, asc, eq, gt, isNotNull, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import type { WeeklySlot } from './local-time.ts'
import { slots, targets } from './tables.ts'

const of = (workspaceId: string, connectionId: string) =>
  and(eq(slots.workspaceId, workspaceId), eq(slots.connectionId, connectionId))

export async function slotsOf(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
): Promise<WeeklySlot[]> {
  return tx
    .select({ weekday: slots.weekday, time: slots.time })
    .from(slots)
    .where(of(workspaceId, connectionId))
    .orderBy(asc(slots.weekday), asc(slots.time))
}

export async function replaceSlots(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
  items: WeeklySlot[],
): Promise<void> {
  await lockSlots(tx, workspaceId, connectionId)
  await tx.delete(slots).where(of(workspaceId, connectionId))
  if (items.length === 0) return
  await tx
    .insert(slots)
    .values(items.map((slot) => ({ workspaceId, id: newId(), connectionId, ...slot })))
}

/** One taker at a time for the slots of a connection, until the transaction ends. */
export async function lockSlots(tx: Tx, workspaceId: string, connectionId: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`slots ${workspaceId} ${connectionId}`}, 0))`,
  )
}

export async function takenSlots(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
  after: Date,
): Promise<Date[]> {
  const rows = await tx
    .select({ slotAt: targets.slotAt })
    .from(targets)
    .where(
      and(
        eq(targets.workspaceId, workspaceId),
        eq(targets.connectionId, connectionId),
        isNotNull(targets.slotAt),
        gt(targets.slotAt, after),
        notInArray(targets.state, ['cancelled', 'failed']),
      ),
    )
  return rows.flatMap((row) => (row.slotAt ? [row.slotAt] : []))
}
