import { type AgeingClass, isAgeing } from '../../platform/clocks.ts'
import { type Platform, type Scope, scopeOf } from '../../platform/context.ts'
import type { DataClass } from '../../platform/data-map.ts'
import type { Tx } from '../../platform/database.ts'
import { endRows, type SweptRow, sweptTables } from './store-sweep.ts'

export type { SweptRow } from './store-sweep.ts'

/**
 * Told of the rows of a class in the transaction that deletes them, so that a module can enqueue
 * the end of what lies outside the database. `scope` is undefined for global tables.
 */
export type SweepHook = (tx: Tx, scope: Scope | undefined, rows: SweptRow[]) => Promise<void>

export type SweepDuty = {
  /** Every declared class; those without an age are left alone. */
  dataClasses: readonly DataClass[]
  /** By the class's id. */
  hooks?: Readonly<Record<string, SweepHook>>
  /** Ids of workspaces after `after`, in order, a page at a time; empty at the end. */
  workspaceIds(tx: Tx, after: string | undefined): Promise<string[]>
}

/** How many rows ended, by class. */
export type SweepCount = Record<string, number>

const batch = 1_000

/**
 * Ends every row that is past its class's clock: global tables first, then workspace by workspace.
 * In batches, each its own transaction, so that it may stop at any point and go on next time.
 */
export async function sweep(
  platform: Platform,
  duty: SweepDuty,
  signal?: AbortSignal,
): Promise<SweepCount> {
  const ageing = duty.dataClasses.filter(isAgeing)
  const tables = await platform.database.global((tx) => sweptTables(tx, ageing))
  const ofTenants = ageing.filter((dataClass) => tables.get(dataClass.table)?.tenant)
  const global = ageing.filter((dataClass) => !ofTenants.includes(dataClass))
  const count: SweepCount = {}

  async function end(dataClasses: AgeingClass[], scope: Scope | undefined) {
    const transaction = scope ? scope.tx : platform.database.global
    for (const dataClass of dataClasses) {
      for (let rows = batch; rows === batch; ) {
        signal?.throwIfAborted()
        rows = await transaction(async (tx) => {
          const swept = await endRows(tx, dataClass, tables, { scope, limit: batch })
          if (swept.length > 0) await duty.hooks?.[dataClass.id]?.(tx, scope, swept)
          return swept.length
        })
        if (rows > 0) count[dataClass.id] = (count[dataClass.id] ?? 0) + rows
      }
    }
  }

  await end(global, undefined)
  let after: string | undefined
  for (;;) {
    const ids = await platform.database.global((tx) => duty.workspaceIds(tx, after))
    for (const id of ids) await end(ofTenants, scopeOf(platform, id))
    after = ids.at(-1)
    if (after === undefined) return count
  }
}
