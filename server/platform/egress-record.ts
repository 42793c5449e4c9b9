import type { Database } from './database.ts'
import type { LedgerEntry } from './egress-ledger.ts'
import { newId } from './ids.ts'
import { egressLedger } from './tables.ts'

type Waiting = { entry: LedgerEntry; done: () => void; fail: (error: unknown) => void }

/**
 * Writes ledger entries into the database. Done only when the entry is committed. What comes while a
 * write is under way goes together with the next, so that a burst costs few statements.
 */
export function recordEgress(database: Database): (entry: LedgerEntry) => Promise<void> {
  let waiting: Waiting[] = []
  let writing = false

  async function writeAll() {
    writing = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        const rows = batch.map(({ entry }) => rowOf(entry))
        await database.global((tx) => tx.insert(egressLedger).values(rows))
        for (const { done } of batch) done()
      } catch (error) {
        for (const { fail } of batch) fail(error)
      }
    }
    writing = false
  }

  return (entry) =>
    new Promise((done, fail) => {
      waiting.push({ entry, done, fail })
      if (!writing) void writeAll()
    })
}

const rowOf = (entry: LedgerEntry) => ({
  id: newId(),
  aboutWorkspaceId: entry.workspaceId,
  at: entry.at,
  processor: entry.processor,
  purpose: entry.purpose,
  method: entry.method,
  host: entry.host,
  status: entry.status,
  outcome: entry.outcome,
  durationMs: Math.round(entry.durationMs),
})
