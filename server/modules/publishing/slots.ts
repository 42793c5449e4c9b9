import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/events.ts'
import { workspaceSettings } from '../accounts/index.ts'
import { connectionFor } from '../networks/index.ts'
import { freeSlots, type WeeklySlot } from './local-time.ts'
import { lockSlots, replaceSlots, slotsOf, takenSlots } from './store-slots.ts'
import { databaseNow } from './store-targets.ts'

/** The weekly slots of a connection's queue, and the next one that is free. */
export async function showSlots(caller: Caller, { id }: { id: string }) {
  return caller.tx(async (tx) => {
    await connectionFor(tx, caller, id)
    return present(tx, caller, id)
  })
}

/** Sets the weekly slots. What is in the calendar already keeps its time. */
export async function setSlots(caller: Caller, { id, items }: { id: string; items: WeeklySlot[] }) {
  return caller.tx(async (tx) => {
    await connectionFor(tx, caller, id)
    const unique = new Map(items.map((slot) => [`${slot.weekday} ${slot.time}`, slot]))
    await replaceSlots(tx, caller.workspaceId, id, [...unique.values()])
    await record(tx, {
      workspaceId: caller.workspaceId,
      name: 'slots.changed',
      subject: { kind: 'connection', id },
    })
    return present(tx, caller, id)
  })
}

/**
 * The next free slots of a connection. Locks its slots, so that two people who queue at once get
 * different ones.
 */
export async function nextFreeSlots(
  tx: Tx,
  caller: Caller,
  connectionId: string,
  now: Date,
  count: number,
): Promise<Date[]> {
  await lockSlots(tx, caller.workspaceId, connectionId)
  return free(tx, caller, connectionId, now, count)
}

async function present(tx: Tx, caller: Caller, connectionId: string) {
  const items = await slotsOf(tx, caller.workspaceId, connectionId)
  const [next] = await free(tx, caller, connectionId, await databaseNow(tx), 1)
  return { items, nextFree: next?.toISOString() ?? null }
}

async function free(
  tx: Tx,
  caller: Caller,
  connectionId: string,
  now: Date,
  count: number,
): Promise<Date[]> {
  const { timeZone } = await workspaceSettings(caller, tx)
  const taken = await takenSlots(tx, caller.workspaceId, connectionId, now)
  const weekly = await slotsOf(tx, caller.workspaceId, connectionId)
  return freeSlots(weekly, new Set(taken.map((at) => at.getTime())), now, timeZone, count)
}
