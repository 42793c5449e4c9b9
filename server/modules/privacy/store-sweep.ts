import { type SQL, sql } from 'drizzle-orm'
import { type AgeingClass, expired } from '../../platform/clocks.ts'
import type { Scope } from '../../platform/context.ts'
import type { DataClass } from '../../platform/data-map.ts'
import type { Tx } from '../../platform/database.ts'

/** A row that was swept, by its columns' names. */
export type SweptRow = Record<string, unknown>

export type SweptTable = { tenant: boolean; key: string[] }

/** Ends at most `limit` rows of a class that are past its clock, and returns them. */
export async function endRows(
  tx: Tx,
  dataClass: AgeingClass,
  tables: ReadonlyMap<string, SweptTable>,
  { scope, limit }: { scope: Scope | undefined; limit: number },
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
    limit ${limit}`
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
export async function sweptTables(
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
