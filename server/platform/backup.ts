import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/**
 * Writes all rows of all our tables to one compressed file, as they stand at one instant.
 *
 * The file is plain SQL that `psql` reads into a database of the same migrations (the set is named
 * in its first lines): a `COPY` a table. The schema itself is in the migrations, so it is not
 * repeated here. Returns the path of the file.
 */
export async function backUp(client: pg.Client, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}.sql.gz`)
  const gzip = createGzip()
  const done = finished(gzip.pipe(createWriteStream(`${file}.part`, { mode: 0o600 })))

  await client.query('begin isolation level repeatable read read only')
  try {
    const applied = await client.query<{ hash: string }>(
      'select hash from app.migrations order by id',
    )
    gzip.write(`-- Avow, rows after migrations: ${applied.rows.map((row) => row.hash).join(' ')}\n`)
    gzip.write("set session_replication_role = 'replica';\n")
    for (const table of await tables(client)) {
      gzip.write(`\\copy ${table.name} (${table.columns}) from stdin\n`)
      const rows = client.query(copyTo(`copy ${table.name} (${table.columns}) to stdout`))
      for await (const chunk of rows) {
        if (!gzip.write(chunk)) await once(gzip, 'drain')
      }
      gzip.write('\\.\n')
    }
  } finally {
    await client.query('commit')
  }
  gzip.end()
  await done
  await rename(`${file}.part`, file)
  return file
}

async function tables(client: pg.Client): Promise<{ name: string; columns: string }[]> {
  const { rows } = await client.query<{ name: string; columns: string }>(`
    select c.oid::regclass::text as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and a.attidentity = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    group by c.oid order by c.oid`)
  return rows
}
