import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { startSandbox } from '../../sandbox/start.ts'
import { type App, startApp } from '../app.ts'
import type { MovableClock } from '../platform/clock.ts'
import { type Config, readConfig } from '../platform/config.ts'
import type { Platform } from '../platform/context.ts'
import { freePort } from '../platform/free-port.ts'
import { createLog } from '../platform/log.ts'

// One key for all: the role of the app is the cluster's, and its password is made from the key.
export const testMasterKey = Buffer.alloc(32, 7).toString('base64')

export type TestApp = {
  url: string
  routes: readonly string[]
  platform: Platform
  sandboxUrl: string
  /** As superuser, past row-level security. For looking, and for arranging what no API can. */
  admin: pg.Pool
  adminUrl: string
  /** Everything that was logged, as JSON lines. */
  logged: string[]
  /** Works off all jobs that are due now. */
  drain(): Promise<void>
  /** Moves time, of the server and of the database, by so much from now. */
  moveTime(ms: number): Promise<void>
  /** Back to the real time. */
  resetTime(): Promise<void>
  stop(): Promise<void>
}

/**
 * The whole app on a database of its own, with a sandbox of its own, listening on a free port. Jobs
 * run only when a test calls `drain`.
 */
export async function startTestApp(change: Partial<Config> = {}): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'avow-app-'))
  const adminUrl = await createDatabase()
  const sandbox = await startSandbox({ port: 0 })
  const port = await freePort()
  const config: Config = {
    ...readConfig({
      AVOW_URL: `http://localhost:${port}`,
      AVOW_PORT: String(port),
      AVOW_DATA: folder,
      AVOW_MASTER_KEY: testMasterKey,
      AVOW_ROLE: 'web',
      DATABASE_URL: adminUrl,
      SANDBOX_URL: sandbox.url,
      LOG_LEVEL: 'debug',
    }),
    ...change,
  }
  const logged: string[] = []
  const log = createLog({
    level: 'debug',
    pretty: false,
    sink: { write: (line: string) => logged.push(line) },
  })
  const app: App = await startApp(config, log)
  const admin = new pg.Pool({ connectionString: adminUrl, max: 3 })
  admin.on('error', () => {})
  let movedBy = 0
  async function setTime(offsetMs: number): Promise<void> {
    movedBy = offsetMs
    await setDatabaseClock(admin, { offsetMs, rate: 1 })
    // The app composes a movable clock; only tests move it.
    const clock = app.platform.clock as MovableClock
    clock.set({ offsetMs, rate: 1 })
  }

  return {
    url: config.url,
    routes: app.routes,
    platform: app.platform,
    sandboxUrl: sandbox.url,
    admin,
    adminUrl,
    logged,
    drain: () => app.platform.jobs.drain(),
    moveTime: (ms) => setTime(movedBy + ms),
    resetTime: () => setTime(0),
    async stop() {
      await app.stop()
      await sandbox.close()
      await admin.end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Moves the database's time, and the job queue's with it. */
export async function setDatabaseClock(
  admin: pg.Pool,
  { offsetMs, rate }: { offsetMs: number; rate: number },
): Promise<void> {
  await admin.query(`
    delete from app.clock;
    insert into app.clock (offset_ms, rate, since) values (${Number(offsetMs)}, ${Number(rate)}, statement_timestamp());
    create or replace function pgboss.job_now() returns timestamptz language sql stable as 'select app.now()';`)
}

/** A new, empty database on the shared cluster. Its superuser's address. */
export async function createDatabase(): Promise<string> {
  const url = new URL(inject('clusterUrl'))
  const name = `test_${randomBytes(8).toString('hex')}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  url.pathname = `/${name}`
  return url.href
}
