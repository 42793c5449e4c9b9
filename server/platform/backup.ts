import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** First words of a backup; the hashes of the migrations follow. */
export const backupTitle = '-- Avow, rows after migrations:'

/**
 * Writes all rows of all our tables, and the jobs that wait, to one compressed file, as they stand
 * at one instant. Returns the path of the file.
 *
 * The file is text: its first line names the migrations, then comes a `COPY` a table, tables that
 * are referred to first. `restore.ts` reads it back. The schema is in the migrations, so it is not
 * repeated. Events are left out: their places mean something only in the cluster that counted them,
 * and pages read afresh without them.
 */
export async function backUp(client: pg.Client, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}.sql.gz`)
  const gzip = createGzip()
  const done = finished(gzip.pipe(createWriteStream(`${file}.part`, { mode: 0o600 })))

  await client.query('begin isolation level repeatable read')
  try {
    await seeAllRows(client)
    gzip.write(`${backupTitle} ${(await appliedMigrations(client)).join(' ')}\n`)
    for (const { name, columns, where } of await tablesToKeep(client)) {
      gzip.write(`\\copy ${name} (${columns}) from stdin\n`)
      const query = `copy (select ${columns} from ${name} ${where}) to stdout`
      for await (const chunk of client.query(copyTo(query))) {
        if (!gzip.write(chunk)) await once(gzip, 'drain')
      }
      gzip.write('\\.\n')
    }
  } finally {
    // Nothing was changed for good: what `seeAllRows` opened closes again.
    await client.query('rollback')
  }
  gzip.end()
  await done
  await rename(`${file}.part`, file)
  return file
}

/**
 * Lets the owner see and write the rows of all workspaces until the transaction ends. Row-level
 * security is forced on the owner too; unless it is a superuser, its copy would be empty, silently.
 */
export async function seeAllRows(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select c.oid::regclass::text as name
    from pg_class c, pg_roles r
    where c.relnamespace = 'public'::regnamespace and c.relforcerowsecurity
      and r.rolname = current_user and not (r.rolsuper or r.rolbypassrls)`)
  for (const { name } of rows) {
    await client.query(`alter table ${name} no force row level security`)
  }
  // Fails rather than leaves rows out, should a policy still stand in the way.
  await client.query('set local row_security = off')
  return rows.map(({ name }) => name)
}

export async function appliedMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ hash: string }>(
    'select hash from app.migrations order by id',
  )
  return rows.map(({ hash }) => hash)
}

type Table = { name: string; columns: string; where: string }

const waitingJobs = 'pgboss.job'

/** What a backup holds, each table after those that it refers to. */
export async function tablesToKeep(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string; needs: string[] }>(`
    select
      c.oid::regclass::text as name,
      string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns,
      array(
        select distinct f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid
      ) as needs
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and a.attidentity = ''
    where (c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'events')
      or c.oid = to_regclass('${waitingJobs}')
    group by c.oid order by c.oid`)
  const sorted: typeof rows = []
  const place = (table: (typeof rows)[number]) => {
    if (sorted.includes(table)) return
    for (const need of table.needs) {
      const needed = rows.find(({ name }) => name === need)
      if (needed) place(needed)
    }
    sorted.push(table)
  }
  rows.forEach(place)
  return sorted.map(({ name, columns }) => ({
    name,
    columns,
    where: name === waitingJobs ? "where state < 'completed'" : '',
  }))
}
