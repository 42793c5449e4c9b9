import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Program, run, start } from './test-kit/run-program.ts'
import { createDatabase, testMasterKey } from './test-kit/start-test-app.ts'

let folder: string
const programs: Program[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-process-'))
})
afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const soon = { timeout: 15_000, interval: 100 }

function server(databaseUrl: string): Program {
  const program = start(['server/main.ts'], {
    DATABASE_URL: databaseUrl,
    AVOW_DATA: folder,
    AVOW_PORT: '0',
    AVOW_MASTER_KEY: testMasterKey,
    SANDBOX_URL: 'http://127.0.0.1:9',
  })
  programs.push(program)
  return program
}

async function query<T extends object>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

const isReady = async (url: string) => (await fetch(`${url}/readyz`)).status

describe('a server', () => {
  it('that is half configured does not start, and says all that is wrong at once', async () => {
    const { code, said } = await run(['server/main.ts'], {
      PINTEREST_CLIENT_ID: 'an-id-that-is-secret-enough',
      S3_BUCKET: 'files',
      AVOW_URL: 'http://avow.example.com',
      AVOW_PORT: 'eighty',
      SMTP_HOST: 'mail.example.com',
      RESEND_API_KEY: 're_something_secret_123',
    })
    expect(code).toBe(1)
    for (const name of [
      'PINTEREST_CLIENT_SECRET',
      'S3_REGION',
      'AVOW_URL',
      'AVOW_PORT',
      'RESEND_API_KEY',
      'MAIL_FROM',
    ]) {
      expect(said).toContain(name)
    }
    expect(said).not.toMatch(/an-id-that-is-secret|re_something/)
  })

  it('stops within ten seconds although a job runs, which then is free for others', async () => {
    const database = await createDatabase()
    const { child, ready, ended, said } = server(database)
    await ready
    // The sandbox does not answer at that address: the mail job fails and waits for its next try,
    // and meanwhile this one is held by a lock on its rows.
    const blocker = new pg.Client({ connectionString: database })
    await blocker.connect()
    await blocker.query(
      'begin; lock table events, idempotent_calls, rate_limits in access exclusive mode',
    )
    await query(
      database,
      "insert into pgboss.job (name, data) select 'privacy.sweep', '{}' where exists (select from pgboss.queue where name = 'privacy.sweep')",
    )
    const states = () =>
      query<{ state: string }>(
        database,
        "select state::text from pgboss.job where name = 'privacy.sweep'",
      )
    await vi.waitFor(
      async () => expect((await states()).map(({ state }) => state)).toContain('active'),
      soon,
    )
    const begun = Date.now()
    child.kill('SIGTERM')
    await ended
    expect(Date.now() - begun, said()).toBeLessThan(11_000)
    expect(
      (await states()).map(({ state }) => state),
      said(),
    ).toEqual(['retry'])
    await blocker.query('rollback')
    await blocker.end()
    // Another one takes it up and ends it.
    await server(database).ready
    await vi.waitFor(
      async () => expect((await states()).every(({ state }) => state === 'completed')).toBe(true),
      { timeout: 20_000, interval: 200 },
    )
  })

  it('recovers by itself when the database cuts every connection', async () => {
    const database = await createDatabase()
    const program = server(database)
    const url = await program.ready
    expect(await isReady(url)).toBe(200)
    const cut = await query(
      database,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    expect(cut.length).toBeGreaterThan(1)
    await vi.waitFor(async () => expect(await isReady(url)).toBe(200), soon)
    // It listens and works again too.
    const listens = () =>
      query(
        database,
        "select from pg_stat_activity where application_name = 'avow listen' and datname = current_database()",
      )
    await vi.waitFor(async () => expect(await listens()).toHaveLength(1), soon)
    expect(program.child.exitCode).toBeNull()
  })

  it('starts beside another on one new database', async () => {
    const database = await createDatabase()
    const pair = [server(database), server(database)]
    const urls = await Promise.all(pair.map(({ ready }) => ready))
    expect(await Promise.all(urls.map(isReady))).toEqual([200, 200])
  })
})
