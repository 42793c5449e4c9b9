import type pg from 'pg'
import type { DataClass } from './data-map.ts'

type LiveColumn = { schema: string; column: string; nullable: boolean; key: boolean }

/** Where the live schema and the declarations part, in words; empty when they agree. */
export async function dataMapFaults(
  client: pg.ClientBase,
  dataClasses: readonly DataClass[],
): Promise<string[]> {
  const { rows } = await client.query<LiveColumn>(`
    select n.nspname as schema,
      case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname || '.' || a.attname
        as column,
      not a.attnotnull as nullable,
      exists (
        select from pg_index i
        where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)
      ) as key
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'm', 'f')
    join pg_namespace n on n.oid = c.relnamespace
    where a.attnum > 0 and not a.attisdropped
      and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`)
  const live = new Map(rows.map((row) => [row.column, row]))
  const faults: string[] = []
  const declared = new Map<string, string>()
  const wholeSchemas = new Set<string>()
  for (const { id, table, columns } of dataClasses) {
    if (table.endsWith('.*')) wholeSchemas.add(table.slice(0, -2))
    else {
      for (const column of columns.map((name) => `${table}.${name}`)) {
        const before = declared.get(column)
        if (before) faults.push(`${column} is declared twice: ${before} and ${id}`)
        declared.set(column, id)
        if (!live.has(column)) faults.push(`${column} is declared (${id}) and does not exist`)
      }
    }
  }
  for (const { schema, column } of rows) {
    if (!wholeSchemas.has(schema) && !declared.has(column)) {
      faults.push(`${column} exists and nobody declares it`)
    }
  }
  for (const schema of wholeSchemas) {
    if (!rows.some((row) => row.schema === schema)) {
      faults.push(`The schema ${schema} is declared and has no table`)
    }
  }
  return [...faults, ...dataClasses.flatMap((dataClass) => classFaults(dataClass, live))]
}

function classFaults(
  { id, table, columns, clock, purposes }: DataClass,
  live: ReadonlyMap<string, LiveColumn>,
): string[] {
  const faults: string[] = []
  if (clock.words.trim() === '') faults.push(`${id} does not say how long`)
  if (purposes.length === 0) faults.push(`${id} has no purpose`)
  if (columns.length === 0) faults.push(`${id} has no column`)
  if (clock.kind !== 'after') return faults
  if (!live.has(`${table}.${clock.column}`)) {
    faults.push(`The clock of ${id} counts from ${table}.${clock.column}, which does not exist`)
  }
  const own = columns.map((name) => live.get(`${table}.${name}`)).filter((row) => row !== undefined)
  if (own.some((row) => row.key)) return faults
  for (const { column } of own.filter((row) => !row.nullable)) {
    faults.push(`${column} cannot be emptied when the clock of ${id} ends`)
  }
  return faults
}

/**
 * Tables that have a workspace_id and are read before the workspace is known, so that they are no
 * workspace's own (docs/decisions/003-tenancy.md). protect-tables.sql names the same.
 */
export const globalTables = ['memberships', 'public_tokens']

/** Where the catalogue leaves a way between workspaces, in words; empty when there is none. */
export async function tenancyFaults(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(tenancyQuery, [globalTables])
  return rows.map(({ fault }) => fault)
}

const tenancyQuery = `
with tenant as (
  select c.oid, c.relname as name, c.relrowsecurity as rls, c.relforcerowsecurity as forced,
    a.attnum as workspace
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and c.relname <> all ($1::text[])
), app as (
  select * from pg_roles where rolname = 'avow_app'
)
select name || ' has no row-level security' as fault from tenant where not rls
union all
select name || ' does not force row-level security on its owner' from tenant where not forced
union all
select t.name || ' is not closed by exactly the policy of its workspace' from tenant t
where (select count(*) from pg_policy p where p.polrelid = t.oid) <> 1
  or not exists (
    select from pg_policy p
    where p.polrelid = t.oid and p.polcmd = '*' and p.polpermissive and p.polroles = '{0}'
      and pg_get_expr(p.polqual, p.polrelid)
        = '(workspace_id = ( SELECT app.workspace() AS workspace))'
      and pg_get_expr(p.polwithcheck, p.polrelid)
        = '(workspace_id = ( SELECT app.workspace() AS workspace))'
  )
union all
select t.name || ' has no primary key that begins with workspace_id' from tenant t
where not exists (
  select from pg_index i
  where i.indrelid = t.oid and i.indisprimary and i.indkey[0] = t.workspace
)
union all
select t.name || ': unique index ' || i.indexrelid::regclass || ' leaves out workspace_id'
from tenant t join pg_index i on i.indrelid = t.oid
where (i.indisunique or i.indisexclusion) and not (t.workspace = any (i.indkey::int2[]))
union all
select t.name || ': constraint ' || k.conname || ' leaves out workspace_id'
from tenant t join pg_constraint k on k.conrelid = t.oid
where k.contype in ('f', 'u', 'p', 'x') and not (t.workspace = any (k.conkey))
union all
select t.name || ': foreign key ' || k.conname || ' does not lead to the same workspace'
from tenant t
join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
join tenant other on other.oid = k.confrelid
where not exists (
  select from unnest(k.conkey, k.confkey) as pair (mine, theirs)
  where pair.mine = t.workspace and pair.theirs = other.workspace
)
union all
select 'there is no role avow_app' where not exists (select from app)
union all
select 'avow_app is a superuser' from app where rolsuper
union all
select 'avow_app can bypass row-level security' from app where rolbypassrls
union all
select 'avow_app can create roles or databases' from app where rolcreaterole or rolcreatedb
union all
select 'avow_app is a member of ' || m.roleid::regrole from pg_auth_members m join app on m.member = app.oid
union all
select 'avow_app owns ' || c.oid::regclass from pg_class c join app on c.relowner = app.oid
union all
select 'avow_app owns the function ' || p.oid::regprocedure from pg_proc p join app on p.proowner = app.oid
union all
select 'avow_app owns the schema ' || n.nspname from pg_namespace n join app on n.nspowner = app.oid
union all
select 'avow_app may create in the schema ' || n.nspname
from pg_namespace n join app on has_schema_privilege(app.oid, n.oid, 'create')
where n.nspname not like 'pg\\_%'
union all
select 'avow_app may truncate ' || c.oid::regclass
from pg_class c join app on has_table_privilege(app.oid, c.oid, 'truncate')
where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text not like 'pg\\_%'
  and c.relnamespace <> 'information_schema'::regnamespace
union all
select c.oid::regclass || ' is a view that could show other workspaces to avow_app'
from pg_class c
where c.relkind in ('v', 'm') and c.relnamespace = 'public'::regnamespace
order by 1`
