import { join } from 'node:path'
import pg from 'pg'
import type { Config } from './config.ts'
import { deriveSecret, type KeyRing } from './crypto.ts'
import { type Database, openDatabase } from './database.ts'
import { startEmbeddedDatabase } from './embedded-database.ts'
import { type JobSignal, setUpJobs } from './jobs.ts'
import type { Log } from './log.ts'
import { migrate } from './migrate.ts'

export type StartedDatabase = {
  database: Database
  /** Address as the app's role, for the job queue's own pool. */
  url: string
  adminUrl: string
  stop(): Promise<void>
}

/** Starts or finds the database, brings it to the newest schema, and opens it as the app's role. */
export async function startDatabase(options: {
  config: Pick<Config, 'database' | 'dataFolder' | 'pace'>
  keyRing: KeyRing
  // biome-ignore lint/suspicious/noExplicitAny: a list over jobs of different payloads
  signals: readonly JobSignal<any>[]
  log: Log
}): Promise<StartedDatabase> {
  const { config, keyRing, log } = options
  const secret = (use: string) => deriveSecret(keyRing, use).toString('base64url')
  const embedded = config.database.url
    ? null
    : await startEmbeddedDatabase({
        folder: join(config.dataFolder, 'postgres'),
        password: secret('embedded database'),
        log,
      })
  const adminUrl = embedded
    ? await ownDatabase(embedded.adminUrl)
    : (config.database.adminUrl ?? '')
  // With one address only, it is the owner's, and the app's role is made from it.
  const given = config.database.adminUrl !== config.database.url ? config.database.url : undefined
  const url = given ?? withRole(adminUrl, 'avow_app', secret('app role'))
  try {
    await migrate({
      adminUrl,
      appPassword: given ? null : secret('app role'),
      backupFolder: join(config.dataFolder, 'backups'),
      log,
    })
    await setUpJobs(adminUrl, options.signals, { log, pace: config.pace })
  } catch (error) {
    await embedded?.stop()
    throw error
  }
  const database = openDatabase(url, { size: config.database.pool, log })
  return {
    database,
    url,
    adminUrl,
    async stop() {
      await database.close()
      await embedded?.stop()
    },
  }
}

async function ownDatabase(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query("select from pg_database where datname = 'avow'")
    if (!rowCount) await client.query('create database avow')
  } finally {
    await client.end()
  }
  const url = new URL(adminUrl)
  url.pathname = '/avow'
  return url.href
}

function withRole(adminUrl: string, role: string, password: string): string {
  const url = new URL(adminUrl)
  url.username = role
  url.password = password
  return url.href
}
