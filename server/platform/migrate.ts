import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { backUp } from './backup.ts'
import type { Log } from './log.ts'

const ownMigrations = join(import.meta.dirname, '../migrations')
const ledger = { schema: 'app', table: 'migrations' }
// Any number will do, as long as every server takes the same.
export const setUpLock = 4_020_261_122

/**
 * Brings the database to the newest schema, as its owner, one server at a time.
 *
 * Before a migration that changes tables which exist already, a backup of all rows is written to
 * `backupFolder`. Then protects all tables (protect-tables.sql) and gives the app's role its
 * password.
 */
export async function migrate(options: {
  adminUrl: string
  /** Null when the operator made the role `avow_app` with a password of their own. */
  appPassword: string | null
  backupFolder: string
  /** Another folder of migrations, for tests. */
  migrationsFolder?: string
  log: Log
}): Promise<void> {
  const { migrationsFolder = ownMigrations } = options
  const client = new pg.Client({
    connectionString: options.adminUrl,
    application_name: 'avow migrate',
  })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [setUpLock])
    await createAppRole(client, options.appPassword)
    const pending = await pendingStatements(client, migrationsFolder)
    if (pending.some(changesExistingTables)) {
      const file = await backUp(client, options.backupFolder)
      options.log.info({ file }, 'backed up before changing existing tables')
    }
    await applyMigrations(drizzle(client), {
      migrationsFolder,
      migrationsSchema: ledger.schema,
      migrationsTable: ledger.table,
    })
    await protectTables(client)
  } finally {
    await client.end()
  }
}

/**
 * Runs protect-tables.sql, unless it ran since the last migration. It locks every table, so it would
 * stand in the way of servers that are at work while one more starts.
 */
async function protectTables(client: pg.Client): Promise<void> {
  const statements = await readFile(join(import.meta.dirname, 'protect-tables.sql'), 'utf8')
  const table = `${ledger.schema}.${ledger.table}`
  const { rows } = await client.query<{ newest: string | null; protected: string | null }>(
    `select max(created_at) as newest, obj_description($1::regclass, 'pg_class') as protected from ${table}`,
    [table],
  )
  const state = createHash('sha256').update(`${rows[0]?.newest}\n${statements}`).digest('hex')
  if (rows[0]?.protected === state) return
  await client.query(statements)
  await client.query(`comment on table ${table} is '${state}'`)
}

async function createAppRole(client: pg.Client, password: string | null): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = 'avow_app'")
  if (!rowCount) {
    await client.query('create role avow_app login nosuperuser nobypassrls nocreatedb nocreaterole')
  }
  if (password !== null) {
    await client.query(`alter role avow_app password ${client.escapeLiteral(password)}`)
  }
}

/** The statements of the migrations that this database has not seen, a list a migration. */
async function pendingStatements(client: pg.Client, migrationsFolder: string): Promise<string[]> {
  const { rows } = await client.query<{ there: boolean }>(
    'select to_regclass($1) is not null as there',
    [`${ledger.schema}.${ledger.table}`],
  )
  const newest = rows[0]?.there
    ? await client.query<{ at: string | null }>(
        `select max(created_at) as at from ${ledger.schema}.${ledger.table}`,
      )
    : null
  const seen = Number(newest?.rows[0]?.at ?? 0)
  if (!seen) return []
  return readMigrationFiles({ migrationsFolder })
    .filter((migration) => migration.folderMillis > seen)
    .flatMap((migration) => migration.sql)
}

/** Anything but making new things may lose rows. */
export function changesExistingTables(statement: string): boolean {
  const words = statement.replace(/--.*$/gm, '').trim().toLowerCase()
  return /^(alter table|drop|update|delete|truncate|insert|do|with)\b/.test(words)
}
