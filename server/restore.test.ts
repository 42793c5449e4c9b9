import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signals } from './app.ts'
import { backUp, tablesToKeep } from './platform/backup.ts'
import { setUpJobs } from './platform/jobs.ts'
import { createLog } from './platform/log.ts'
import { migrate } from './platform/migrate.ts'
import { restore } from './platform/restore.ts'
import { run } from './test-kit/run-program.ts'
import { createDatabase, testMasterKey } from './test-kit/start-test-app.ts'
import { ok, startWorld, type World } from './two-workspaces.fixture.ts'

const log = createLog({ level: 'silent' })
const migrations = join(import.meta.dirname, 'migrations')
let world: World
let folder: string
let backup: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-backup-'))
  world = await startWorld()
  // Everything that could be taken for the end of a line, of a table, or of a column.
  const awkward = 'a\u2028b\u2029c\\.\n\\.\n\\copy users\ttab \\N \r\n🌷'
  await ok(world.ours.owner.api('POST', '/posts', { title: 'T', body: awkward }))
  backup = await connected(world.app.adminUrl, (client) => backUp(client, folder))
}, 60_000)
afterAll(async () => {
  await world?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function connected<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

/** An empty database of these migrations. */
async function empty(migrationsFolder = migrations): Promise<string> {
  const adminUrl = await createDatabase()
  await migrate({ adminUrl, appPassword: null, backupFolder: folder, migrationsFolder, log })
  await setUpJobs(adminUrl, signals, { log, pace: 1 })
  return adminUrl
}

/** Every row that a backup keeps, as text. */
const contents = (url: string) =>
  connected(url, async (client) => {
    const all: Record<string, string[]> = {}
    for (const { name, columns, where } of await tablesToKeep(client)) {
      const query = `select (${columns})::text as row from ${name} ${where} order by 1`
      const { rows } = await client.query<{ row: string }>(query)
      all[name] = rows.map(({ row }) => row)
    }
    return all
  })

describe('a backup', () => {
  it('comes back whole: every row of every table, and the jobs that wait', async () => {
    const url = await empty()
    await connected(url, (client) => restore(client, backup))
    const [before, after] = [await contents(world.app.adminUrl), await contents(url)]
    expect(after).toEqual(before)
    for (const table of ['posts', 'connections', 'vault_keys', 'api_keys', 'pgboss.job']) {
      expect(before[table]?.length, table).toBeGreaterThan(0)
    }
  })

  it('is read by the command that operators have', async () => {
    const adminUrl = await createDatabase()
    const ran = await run(['server/restore.ts', backup], {
      DATABASE_URL: adminUrl,
      AVOW_DATA: await mkdtemp(join(folder, 'data-')),
      AVOW_MASTER_KEY: testMasterKey,
    })
    expect(ran.code, ran.said).toBe(0)
    expect(ran.said).toMatch(/restored/)
    expect(await contents(adminUrl)).toEqual(await contents(world.app.adminUrl))
    const again = await run(['server/restore.ts', backup], {
      DATABASE_URL: adminUrl,
      AVOW_DATA: await mkdtemp(join(folder, 'data-')),
      AVOW_MASTER_KEY: testMasterKey,
    })
    expect(again.code).toBe(1)
    expect(again.said).toContain('The database is not empty')
  })

  it('leaves the walls between workspaces standing', async () => {
    const url = await empty()
    await connected(url, async (client) => {
      await restore(client, backup)
      const open = await client.query(
        "select from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity and not relforcerowsecurity",
      )
      expect(open.rowCount).toBe(0)
    })
  })

  it('holds every workspace also when the owner is no superuser, and comes back so', async () => {
    const url = await empty()
    const owner = new URL(url)
    await connected(url, async (client) => {
      await client.query('drop role if exists plain_owner')
      await client.query("create role plain_owner login nosuperuser nobypassrls password 'plain'")
      await client.query(`grant create on database ${owner.pathname.slice(1)} to plain_owner`)
      await restore(client, backup)
      await own(client, 'plain_owner')
    })
    owner.username = 'plain_owner'
    owner.password = 'plain'
    const inner = join(folder, 'plain')
    const file = await connected(owner.href, (client) => backUp(client, inner))
    expect(unpacked(await readFile(file))).toEqual(unpacked(await readFile(backup)))

    const again = new URL(await empty())
    await connected(again.href, (client) => own(client, 'plain_owner'))
    again.username = 'plain_owner'
    again.password = 'plain'
    await connected(again.href, (client) => restore(client, file))
    again.username = new URL(url).username
    again.password = new URL(url).password
    expect(await contents(again.href)).toEqual(await contents(world.app.adminUrl))
    for (const each of [url, again.href]) {
      await connected(each, (client) => client.query('drop owned by plain_owner cascade'))
    }
    await connected(url, (client) => client.query('drop role plain_owner'))
  })

  it('is not read over rows that are there, nor into other migrations, in words', async () => {
    const full = connected(world.app.adminUrl, (client) => restore(client, backup))
    await expect(full).rejects.toThrow(/not empty: \w+ has rows/)
    const url = await empty(await migrationsAnd('alter table posts add column more text'))
    const other = connected(url, (client) => restore(client, backup))
    await expect(other).rejects.toThrow('another version of Avow')
  })

  it('that is damaged changes nothing', async () => {
    const url = await empty()
    const none = await contents(url)
    const text = gunzipSync(await readFile(backup)).toString()
    const damaged = {
      'half of it.gz': gzipSync(text.slice(0, text.length / 2)),
      'cut.gz': (await readFile(backup)).subarray(0, 400),
      'not ours.gz': gzipSync('select 1;'),
      'without the last table.gz': gzipSync(text.slice(0, text.lastIndexOf('\\copy'))),
      'with a command.gz': gzipSync(text.replace('\\copy users', '\\copy pg_authid')),
    }
    for (const [name, bytes] of Object.entries(damaged)) {
      const file = join(folder, name)
      await writeFile(file, bytes)
      const tried = connected(url, (client) => restore(client, file))
      await expect(tried, name).rejects.toThrow()
      expect(await contents(url), name).toEqual(none)
    }
  })
})

const unpacked = (bytes: Buffer) => gunzipSync(bytes).toString().split('\n').sort()

async function own(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relnamespace in ('public'::regnamespace, 'app'::regnamespace, 'pgboss'::regnamespace) and relkind in ('r', 'p')`,
  )
  for (const { name } of rows) await client.query(`alter table ${name} owner to ${role}`)
  await client.query(`grant usage on schema public, app, pgboss to ${role}`)
  await client.query(`grant all on all sequences in schema public, pgboss to ${role}`)
  await client.query(`grant execute on all functions in schema app, pgboss to ${role}`)
}

/** A folder with our migrations and one more. */
async function migrationsAnd(statement: string): Promise<string> {
  const to = await mkdtemp(join(folder, 'migrations-'))
  await cp(migrations, to, { recursive: true })
  const journal = join(to, 'meta/_journal.json')
  const { entries, ...rest } = JSON.parse(await readFile(journal, 'utf8'))
  const last = entries.at(-1)
  const tag = `${String(last.idx + 1).padStart(4, '0')}_one_more`
  entries.push({ ...last, idx: last.idx + 1, when: last.when + 1000, tag })
  await writeFile(join(to, `${tag}.sql`), statement)
  await writeFile(journal, JSON.stringify({ ...rest, entries }))
  return to
}

describe('migrations', () => {
  const apply = (adminUrl: string, migrationsFolder: string, backupFolder: string) =>
    migrate({ adminUrl, appPassword: null, backupFolder, migrationsFolder, log })

  it('that change a table write a backup first; those that add one do not', async () => {
    const url = await empty()
    const backups = await mkdtemp(join(folder, 'backups-'))
    await apply(url, await migrationsAnd('create table added (id uuid primary key)'), backups)
    expect(await readdir(backups)).toEqual([])
    const other = await empty()
    await apply(other, await migrationsAnd('alter table posts drop column link'), backups)
    expect(await readdir(backups)).toEqual([expect.stringMatching(/^[\dT.Z-]+\.sql\.gz$/)])
    const [name = ''] = await readdir(backups)
    const text = gunzipSync(await readFile(join(backups, name))).toString()
    expect(text).toMatch(/^\\copy posts \(.*\blink\b.*\) from stdin$/m)
  })

  it('run once when two servers start together', async () => {
    const url = await empty()
    const more = await migrationsAnd('create table added (id uuid primary key)')
    await Promise.all([
      apply(url, more, folder),
      apply(url, more, folder),
      apply(url, more, folder),
    ])
    const { rows } = await connected(url, (client) =>
      client.query(
        'select count(*)::int as count, count(distinct hash)::int as hashes from app.migrations',
      ),
    )
    expect(rows[0].count).toBe(rows[0].hashes)
  })

  it('that fail change nothing', async () => {
    const url = await empty()
    const broken = await migrationsAnd(
      'create table half (id uuid);\n--> statement-breakpoint\nselect 1 / 0',
    )
    await expect(apply(url, broken, folder)).rejects.toThrow()
    const { rows } = await connected(url, (client) =>
      client.query("select to_regclass('half') as half"),
    )
    expect(rows).toEqual([{ half: null }])
  })

  it('give the app’s role rows and nothing else', async () => {
    const url = await empty()
    const ask = (query: string) =>
      connected(url, async (client) => (await client.query(query)).rows)
    expect(
      await ask(
        "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication from pg_roles where rolname = 'avow_app'",
      ),
    ).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreatedb: false,
        rolcreaterole: false,
        rolreplication: false,
      },
    ])
    expect(await ask("select relname from pg_class where relowner = 'avow_app'::regrole")).toEqual(
      [],
    )
    expect(
      await ask(
        `select distinct privilege_type as may from information_schema.role_table_grants
         where grantee = 'avow_app' and table_schema = 'public' order by 1`,
      ),
    ).toEqual(['DELETE', 'INSERT', 'SELECT', 'UPDATE'].map((may) => ({ may })))
    expect(
      await ask(
        `select table_name, privilege_type from information_schema.role_table_grants
         where grantee = 'avow_app' and table_name in ('receipts', 'attempts') order by 1, 2`,
      ),
    ).toEqual(
      ['attempts', 'receipts'].flatMap((table_name) =>
        ['INSERT', 'SELECT'].map((privilege_type) => ({ table_name, privilege_type })),
      ),
    )
    expect(await ask("select has_schema_privilege('avow_app', 'public', 'create') as may")).toEqual(
      [{ may: false }],
    )
    expect(
      await ask("select has_table_privilege('avow_app', 'app.clock', 'update') as may"),
    ).toEqual([{ may: false }])
  })
})
