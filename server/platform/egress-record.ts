import type { Database } from './database.ts'
import type { LedgerEntry } from './egress-ledger.ts'
import { newId } from './ids.ts'
import { egressLedger } from './tables.ts'

// How long entries wait for company, so that a burst of requests is one statement.
const gatherMs = 15

/** Writes ledger entries into the database. Done only when the entry is committed. */
export function recordEgress(database: Database): (entry: LedgerEntry) => Promise<void> {
  let waiting: { entry: LedgerEntry; done: () => void; fail: (error: unknown) => void }[] = []

  async function write() {
    const batch = waiting
    waiting = []
    try {
      await database.global((tx) =>
        tx.insert(egressLedger).values(batch.map(({ entry }) => row(entry))),
      )
      for (const { done } of batch) done()
    } catch (error) {
      for (const { fail } of batch) fail(error)
    }
  }

  return (entry) =>
    new Promise((done, fail) => {
      if (waiting.length === 0) setTimeout(write, gatherMs)
      waiting.push({ entry, done, fail })
    })
}

const row = (entry: LedgerEntry) => ({
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
