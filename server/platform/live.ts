import { and, asc, eq, getTableColumns, gt, or, sql } from 'drizzle-orm'
import { notExpired } from './clocks.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'
import { eventsClass } from './personal-data.ts'
import { events } from './tables.ts'

export type LiveRow = typeof events.$inferSelect
/** Place in a workspace's sequence: `<transaction>.<position>`. */
export type LiveCursor = string

export type Live = {
  /** The place that stands for this moment: whatever commits later comes after it. */
  now(workspaceId: string): Promise<LiveCursor>
  /** Yields what happens in a workspace after a place, in order and without a gap, until aborted. */
  follow(
    workspaceId: string,
    cursor: LiveCursor,
    signal: AbortSignal,
  ): AsyncGenerator<{ cursor: LiveCursor; row: LiveRow }>
  /** Ends every reader, so that a server can stop although pages are open. */
  close(): Promise<void>
}

const channel = 'avow_events'
// An announcement can be lost with the process that should have made it.
const lookAgainMs = 5_000
const announceEveryMs = 50
const batch = 200
const lastPosition = 999_999_999_999_999
// An older transaction still runs: what it records belongs before what is visible already.
const settleSoonMs = 50

/** Follows the event table: announcements wake readers, a slow look covers lost ones. */
export async function startLive(database: Database, log: Log): Promise<Live> {
  const waiting = new Map<string, Set<() => void>>()
  const wake = (workspaceId: string) => {
    for (const go of waiting.get(workspaceId) ?? []) go()
  }
  const listener = await database.listen(channel, (payload) => {
    // An empty notice follows a reconnect: everybody looks.
    const workspaces = payload ? payload.split(',') : [...waiting.keys()]
    for (const workspaceId of workspaces) wake(workspaceId)
  })

  const closing = new AbortController()
  const toAnnounce = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  // Told after the commit, many at once: NOTIFY inside the transaction would make commits queue.
  database.onRecorded((workspaceId) => {
    wake(workspaceId)
    if (closing.signal.aborted) return
    toAnnounce.add(workspaceId)
    timer ??= setTimeout(announce, announceEveryMs)
  })
  function announce() {
    timer = undefined
    const workspaces = [...toAnnounce]
    toAnnounce.clear()
    for (let i = 0; i < workspaces.length; i += 100) {
      database.pool
        .query('select pg_notify($1, $2)', [channel, workspaces.slice(i, i + 100).join(',')])
        .catch((error) => log.warn({ err: error }, 'could not announce events'))
    }
  }

  function untilWoken(workspaceId: string, signal: AbortSignal): Promise<void> {
    return new Promise((done) => {
      const waiters = waiting.get(workspaceId) ?? new Set()
      waiting.set(workspaceId, waiters)
      const go = () => {
        clearTimeout(slowly)
        signal.removeEventListener('abort', go)
        waiters.delete(go)
        if (waiters.size === 0) waiting.delete(workspaceId)
        done()
      }
      const slowly = setTimeout(go, lookAgainMs)
      signal.addEventListener('abort', go, { once: true })
      waiters.add(go)
    })
  }

  return {
    now: (workspaceId) => newest(database, workspaceId),
    async *follow(workspaceId, cursor, reader) {
      const signal = AbortSignal.any([reader, closing.signal])
      let at = parseCursor(cursor)
      while (!signal.aborted) {
        // Registered before reading, so that what commits in between still wakes us.
        const woken = untilWoken(workspaceId, signal)
        const found = await readAfter(database, workspaceId, at)
        for (const { settled, ...row } of found) {
          if (!settled) break
          at = { transaction: row.transaction, position: row.position }
          yield { cursor: `${row.transaction}.${row.position}`, row }
        }
        if (found.length === batch) wake(workspaceId)
        else if (found.some((row) => !row.settled)) setTimeout(wake, settleSoonMs, workspaceId)
        await woken
      }
    },
    async close() {
      closing.abort()
      clearTimeout(timer)
      await listener.close()
    },
  }
}

type Place = { transaction: string; position: number }

/** @throws RangeError when the text is not one of our cursors. */
export function parseCursor(cursor: LiveCursor): Place {
  const match = /^(\d{1,20})\.(\d{1,15})$/.exec(cursor)
  // PostgreSQL counts transactions in 64 bits.
  if (!match?.[1] || !match[2] || BigInt(match[1]) >= 1n << 64n)
    throw new RangeError('Not a cursor of this stream')
  return { transaction: match[1], position: Number(match[2]) }
}

async function newest(database: Database, workspaceId: string): Promise<LiveCursor> {
  return database.workspace(workspaceId, async (tx) => {
    const { rows } = await tx.execute<{ xmin: string }>(
      sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`,
    )
    // Everything below xmin has ended: it is the past. The stream begins with the next.
    return `${BigInt(rows[0]?.xmin ?? '1') - 1n}.${lastPosition}`
  })
}

async function readAfter(
  database: Database,
  workspaceId: string,
  at: Place,
): Promise<(LiveRow & { settled: boolean })[]> {
  return database.workspace(workspaceId, (tx) =>
    tx
      .select({
        ...getTableColumns(events),
        settled: sql<boolean>`${events.transaction} < pg_snapshot_xmin(pg_current_snapshot())`,
      })
      .from(events)
      .where(
        and(
          eq(events.workspaceId, workspaceId),
          notExpired(eventsClass),
          or(
            gt(events.transaction, sql`${at.transaction}::xid8`),
            and(
              eq(events.transaction, sql`${at.transaction}::xid8`),
              gt(events.position, at.position),
            ),
          ),
        ),
      )
      .orderBy(asc(events.transaction), asc(events.position))
      .limit(batch),
  )
}
