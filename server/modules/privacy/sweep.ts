import { type SQL, sql } from 'drizzle-orm'
import { type AgeingClass, expired, isAgeing } from '../../platform/clocks.ts'
import { type Platform, type Scope, scopeOf } from '../../platform/context.ts'
import type { DataClass } from '../../platform/data-map.ts'
import type { Tx } from '../../platform/database.ts'

/** A row that was swept, by its columns' names. */
export type SweptRow = Record<string, unknown>

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

type SweptTable = { tenant: boolean; key: string[] }

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
          const swept = await endBatch(tx, dataClass, tables, scope)
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

async function endBatch(
  tx: Tx,
  dataClass: AgeingClass,
  tables: ReadonlyMap<string, SweptTable>,
  scope: Scope | undefined,
): Promise<SweptRow[]> {
  const table = tables.get(dataClass.table)
  if (!table) throw new Error(`There is no table ${dataClass.table}`)
  const name = sql.identifier(dataClass.table)
  const key = sql.join(
    table.key.map((column) => sql.identifier(column)),
    sql`, `,
  )
  const mine = scope ? sql`workspace_id = ${scope.workspaceId}` : sql`true`
  // A class without the table's key is a part of rows that stay: only its columns go.
  const holdsKey = table.key.every((column) => dataClass.columns.includes(column))
  const act = holdsKey ? sql`delete from ${name}` : sql`update ${name} set ${empty(dataClass)}`
  const due = sql`select ${key} from ${name}
    where ${mine} and ${expired(dataClass)} and ${holdsKey ? sql`true` : notEmpty(dataClass)}
    limit ${batch}`
  const { rows } = await tx.execute<SweptRow>(
    sql`${act} where ${mine} and (${key}) in (${due}) returning *`,
  )
  return rows
}

const empty = ({ columns }: DataClass): SQL =>
  sql.join(
    columns.map((column) => sql`${sql.identifier(column)} = null`),
    sql`, `,
  )

const notEmpty = ({ columns }: DataClass): SQL =>
  sql`num_nonnulls(${sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  )}) > 0`

/** Which of the tables belong to workspaces (row-level security is on), and their primary keys. */
async function sweptTables(
  tx: Tx,
  dataClasses: readonly DataClass[],
): Promise<ReadonlyMap<string, SweptTable>> {
  const names = [...new Set(dataClasses.map((dataClass) => dataClass.table))]
  if (names.length === 0) return new Map()
  const { rows } = await tx.execute<{ name: string } & SweptTable>(sql`
    select c.relname as name, c.relrowsecurity as tenant, array_agg(a.attname::text) as key
    from pg_class c
    join pg_index i on i.indrelid = c.oid and i.indisprimary
    join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
    where c.relnamespace = 'public'::regnamespace and c.relname in ${names}
    group by c.relname, c.relrowsecurity`)
  return new Map(rows.map(({ name, ...table }) => [name, table]))
}
