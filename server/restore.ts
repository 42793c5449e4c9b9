import pg from 'pg'
import { signals } from './app.ts'
import { ConfigError, loadConfig } from './platform/config.ts'
import { createLog } from './platform/log.ts'
import { loadKeyRing } from './platform/master-key.ts'
import { RestoreError, restore } from './platform/restore.ts'
import { startDatabase } from './platform/start-database.ts'

/** `node server/restore.ts <file>`: reads a backup into the empty database that is configured. */
async function run(file: string | undefined): Promise<void> {
  if (!file)
    throw new RestoreError('Name the backup: npm run restore -- data/backups/<file>.sql.gz')
  const log = createLog({ level: 'info' })
  const config = loadConfig()
  const keyRing = await loadKeyRing(config)
  const started = await startDatabase({ config, keyRing, signals, log })
  const client = new pg.Client({ connectionString: started.adminUrl })
  try {
    await client.connect()
    const restored = await restore(client, file)
    const rows = restored.reduce((sum, table) => sum + table.rows, 0)
    log.info({ file, tables: restored.length, rows }, 'restored')
    log.info('Start with the same master key and the same files in the storage.')
  } finally {
    await client.end()
    await started.stop()
  }
}

try {
  await run(process.argv[2])
  process.exit(0)
} catch (error) {
  if (!(error instanceof RestoreError || error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  // Said outright: a hook of the embedded database would end the process with 0.
  process.exit(1)
}
