import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweep } from './modules/privacy/sweep.ts'
import { dataClasses } from './personal-data.ts'
import { isAgeing } from './platform/clocks.ts'
import type { Platform } from './platform/context.ts'
import { createKeyRing } from './platform/crypto.ts'
import { createLog } from './platform/log.ts'
import { dataMapFaults, globalTables, tenancyFaults } from './platform/schema-faults.ts'
import { type StartedDatabase, startDatabase } from './platform/start-database.ts'

let folder: string
let started: StartedDatabase
let admin: pg.Client

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-schema-'))
  // PostgreSQL runs as a user of its own when we are root.
  await chmod(folder, 0o755)
  started = await startDatabase({
    config: {
      database: { url: undefined, adminUrl: undefined, pool: 2 },
      pace: 1,
      dataFolder: folder,
    },
    keyRing: createKeyRing([randomBytes(32)]),
    signals: [],
    log: createLog({ level: 'silent' }),
  })
  admin = new pg.Client({ connectionString: started.adminUrl })
  await admin.connect()
}, 60_000)

afterAll(async () => {
  await admin?.end()
  await started?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** What a check finds after a change, which is undone. */
async function after<T>(change: string, check: () => Promise<T>): Promise<T> {
  await admin.query('begin')
  try {
    await admin.query(change)
    return await check()
  } finally {
    await admin.query('rollback')
  }
}

describe('the data map', () => {
  it('declares every column of the live database exactly once, and nothing else', async () => {
    expect(await dataMapFaults(admin, dataClasses)).toEqual([])
  })

  it.each([
    ['a table', 'create table diaries (id uuid)', 'diaries.id exists and nobody declares it'],
    [
      'a column',
      'alter table posts add column mood text',
      'posts.mood exists and nobody declares it',
    ],
    [
      'a column in the schema of the clock',
      'alter table app.clock add column who text',
      'app.clock.who exists and nobody declares it',
    ],
    [
      'a column less',
      'alter table posts drop column link',
      'posts.link is declared (publishing.posts) and does not exist',
    ],
    [
      'a schema',
      'create schema other; create table other.things (id uuid)',
      'other.things.id exists and nobody declares it',
    ],
  ])('notices %s', async (_what, change, fault) => {
    expect(await after(change, () => dataMapFaults(admin, dataClasses))).toContain(fault)
  })

  it('notices a column that is declared twice, and a class without a clock', async () => {
    const posts = dataClasses.find(({ id }) => id === 'publishing.posts')!
    const twice = { ...posts, id: 'again', clock: { kind: 'while' as const, words: ' ' } }
    const faults = await dataMapFaults(admin, [...dataClasses, twice])
    expect(faults).toContain('posts.body is declared twice: publishing.posts and again')
    expect(faults).toContain('again does not say how long')
  })
})

describe('the walls between workspaces', () => {
  it('stand in the catalogue for every table of a workspace', async () => {
    expect(await tenancyFaults(admin)).toEqual([])
  })

  it.each([
    ['drop policy workspace on posts', 'posts is not closed by exactly the policy'],
    ['alter table posts disable row level security', 'posts has no row-level security'],
    ['alter table posts no force row level security', 'posts does not force'],
    ['create policy open on posts using (true)', 'posts is not closed by exactly the policy'],
    [
      'drop policy workspace on posts; create policy workspace on posts using (true)',
      'posts is not closed by exactly the policy',
    ],
    ['create unique index on posts (title)', 'leaves out workspace_id'],
    ['alter table posts add constraint one_title unique (title)', 'one_title leaves out'],
    [
      'alter table posts add constraint by_person foreign key (created_by) references users (id)',
      'by_person leaves out workspace_id',
    ],
    [
      'create table notes (workspace_id uuid, id uuid primary key)',
      'notes has no primary key that begins with workspace_id',
    ],
    ['create table notes (workspace_id uuid, id uuid)', 'notes has no row-level security'],
    ['alter table posts owner to avow_app', 'avow_app owns posts'],
    ['alter role avow_app bypassrls', 'avow_app can bypass row-level security'],
    ['alter role avow_app superuser', 'avow_app is a superuser'],
    ['grant postgres to avow_app', 'avow_app is a member of postgres'],
    ['grant truncate on posts to avow_app', 'avow_app may truncate posts'],
    ['create view all_posts as select * from posts', 'all_posts is a view'],
  ])('are seen to be broken by: %s', async (change, fault) => {
    const faults = await after(change, () => tenancyFaults(admin))
    expect(faults.join('\n')).toContain(fault)
  })
})

describe('a row of a workspace', () => {
  const mine = randomUUID()
  const other = randomUUID()
  let tables: string[]

  beforeAll(async () => {
    const found = await admin.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and a.attname = 'workspace_id' and c.relname <> all ($1)`,
      [globalTables],
    )
    tables = found.rows.map(({ name }) => name)
    // Rows alone matter here, not what they refer to.
    await admin.query('set session_replication_role = replica')
    for (const table of tables) await admin.query(await anyRow(table, mine))
    await admin.query('set session_replication_role = origin')
  })

  const counts = async (client: pg.ClientBase) => {
    const seen: Record<string, number> = {}
    for (const table of tables) {
      const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)
      seen[table] = rows[0]?.n ?? -1
    }
    return seen
  }
  const each = (n: number) => Object.fromEntries(tables.map((table) => [table, n]))

  /** Raw SQL as the app, inside a workspace or (null) in none; always rolled back. */
  async function asApp<T>(workspace: string | null, run: (client: pg.PoolClient) => Promise<T>) {
    const client = await started.database.pool.connect()
    try {
      await client.query('begin')
      if (workspace) await client.query(`set local app.workspace = '${workspace}'`)
      return await run(client)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  it('is seen by its workspace, by no other, and by nobody without one', async () => {
    expect(tables.length).toBeGreaterThan(10)
    expect(await asApp(mine, counts)).toEqual(each(1))
    expect(await asApp(other, counts)).toEqual(each(0))
    expect(await asApp(null, counts)).toEqual(each(0))
  })

  it('cannot be put into, moved to, or taken from another workspace', async () => {
    for (const table of tables) {
      const insert = await anyRow(table, mine)
      await expect(
        asApp(other, (client) => client.query(insert)),
        table,
      ).rejects.toMatchObject({ code: '42501' })
      const taken = await asApp(other, async (client) => {
        const may = await client.query<{ delete: boolean; update: boolean }>(
          `select has_table_privilege('${table}', 'delete') as delete,
             has_table_privilege('${table}', 'update') as update`,
        )
        if (may.rows[0]?.update) {
          const { rowCount } = await client.query(`update ${table} set id = gen_random_uuid()`)
          expect(rowCount, table).toBe(0)
        }
        return may.rows[0]?.delete ? (await client.query(`delete from ${table}`)).rowCount : 0
      })
      expect(taken, table).toBe(0)
    }
    const moved = asApp(mine, (client) =>
      client.query(`update posts set workspace_id = '${other}'`),
    )
    await expect(moved).rejects.toMatchObject({ code: '42501' })
  })

  it('is not seen by whoever gets the same pooled connection next', async () => {
    const { database } = started
    const seen = () =>
      database.global(async (tx) => (await tx.execute('select from posts')).rowCount)
    for (let turn = 0; turn < 20; turn++) {
      await database.workspace(mine, (tx) => tx.execute('select from posts'))
      const failing = database.workspace(mine, async (tx) => {
        await tx.execute('select from posts')
        throw new Error('stop')
      })
      await expect(failing).rejects.toThrow('stop')
      expect(await Promise.all([seen(), seen(), seen()])).toEqual([0, 0, 0])
    }
  })

  it('stays as it was written where it is a proof: receipts and attempts', async () => {
    for (const table of ['receipts', 'attempts']) {
      for (const act of [`update ${table} set at = now()`, `delete from ${table}`]) {
        const done = asApp(mine, (client) => client.query(act))
        await expect(done, act).rejects.toMatchObject({ code: '42501' })
      }
    }
  })

  it('is gone ten years later where its class ages, and stays where it does not', async () => {
    const ageing = dataClasses.filter(isAgeing)
    await admin.query('set session_replication_role = replica')
    for (const { table, clock } of ageing) {
      const now = clock.as === 'milliseconds' ? 'extract(epoch from app.now()) * 1000' : 'app.now()'
      if (!tables.includes(table)) await admin.query(await anyRow(table, mine))
      await admin.query(`update ${table} set ${clock.column} = ${now}`)
    }
    await admin.query(
      `insert into app.clock (offset_ms, rate, since) values ($1, 1, clock_timestamp())`,
      [10 * 366 * 86_400_000],
    )
    await admin.query('set session_replication_role = origin')
    const platform = { database: started.database } as Platform
    const count = await sweep(platform, {
      dataClasses,
      workspaceIds: async (_tx, after) => (after === undefined ? [mine] : []),
    })
    expect(count).toEqual(Object.fromEntries(ageing.map(({ id }) => [id, 1])))
    const left = await asApp(mine, counts)
    const ended = new Set(ageing.map(({ table }) => table))
    expect(left).toEqual(
      Object.fromEntries(tables.map((table) => [table, ended.has(table) ? 0 : 1])),
    )
  })

  /** An insert with a value of the right type in each column that needs one. */
  async function anyRow(table: string, workspace: string): Promise<string> {
    const { rows } = await admin.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, null) as type from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped
         and attnotnull and not atthasdef and attidentity = ''`,
      [table],
    )
    const values: Record<string, string> = {
      uuid: 'gen_random_uuid()',
      text: "'x'",
      integer: '1',
      bigint: '1',
      boolean: 'true',
      jsonb: "'[]'",
      'text[]': "'{}'",
      'timestamp with time zone': 'now()',
    }
    const cells = rows.map(({ name, type }) => {
      const value = name === 'workspace_id' ? `'${workspace}'` : values[type]
      if (value === undefined) throw new Error(`No value for ${table}.${name}, a ${type}`)
      return { name, value }
    })
    return `insert into ${table} (${cells.map(({ name }) => name)})
      values (${cells.map(({ value }) => value)})`
  }
})
