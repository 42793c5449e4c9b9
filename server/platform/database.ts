import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { recordedIn } from './events.ts'
import type { Log } from './log.ts'

/** A transaction in which statements run. Verbs hand it on; they never open one inside another. */
export type Tx = NodePgDatabase

export type Database = {
  /**
   * Runs in one transaction that sees the rows of one workspace and no others: row-level security
   * reads `app.workspace`, which is set here and nowhere else.
   */
  workspace<T>(workspaceId: string, run: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Runs in one transaction that sees no tenant table's row, and of the workspaces those that a
   * person belongs to. For what a person sees before one of them is chosen.
   */
  person<T>(personId: string, run: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs in one transaction that sees no tenant table's row, only the few global tables. */
  global<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  /** For single statements on global tables that need no transaction around them. */
  direct: Tx
  /** Calls back at each NOTIFY on the channel, and once after a lost connection came back. */
  listen(channel: string, onNotice: (payload: string) => void): Promise<{ close(): Promise<void> }>
  /** Calls back after each commit that recorded something, with the workspace. */
  onRecorded(tell: (workspaceId: string) => void): void
  pool: pg.Pool
  close(): Promise<void>
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Opens a pool as the app's role, which owns nothing and cannot bypass row-level security. */
export function openDatabase(url: string, options: { size: number; log: Log }): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.size,
    application_name: 'avow',
    // A killed server must not leave its locks behind for longer than a lease.
    options: '-c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000',
  })
  pool.on('error', (error) => options.log.warn({ err: error }, 'database connection lost'))

  const tellers: ((workspaceId: string) => void)[] = []
  async function transaction<T>(begin: string, run: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let broken: Error | undefined
    // The pool listens only while a connection is idle; unheard, this would end the process.
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    try {
      await client.query(begin)
      const tx = drizzle(client, { casing: 'snake_case' })
      const result = await run(tx)
      await client.query('commit')
      for (const workspaceId of recordedIn(tx)) for (const tell of tellers) tell(workspaceId)
      return result
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  return {
    pool,
    workspace(workspaceId, run) {
      if (!uuidShape.test(workspaceId)) throw new Error('A workspace id must be a UUID')
      // A literal, not set_config(): Citus does not carry the latter to its nodes.
      return transaction(`begin; set local app.workspace = '${workspaceId}'`, run)
    },
    person(personId, run) {
      if (!uuidShape.test(personId)) throw new Error('A person id must be a UUID')
      return transaction(`begin; set local app.person = '${personId}'`, run)
    },
    global: (run) => transaction('begin', run),
    direct: drizzle(pool, { casing: 'snake_case' }) as unknown as Tx,
    onRecorded: (tell) => tellers.push(tell),
    listen: (channel, onNotice) => listen(url, channel, onNotice, options.log),
    close: () => pool.end(),
  }
}

async function listen(
  url: string,
  channel: string,
  onNotice: (payload: string) => void,
  log: Log,
): Promise<{ close(): Promise<void> }> {
  if (!/^[a-z_]+$/.test(channel)) throw new Error('A channel is named in lower case')
  let closed = false
  let client: pg.Client
  let retry: NodeJS.Timeout | undefined

  async function connect() {
    client = new pg.Client({
      connectionString: url,
      application_name: 'avow listen',
      keepAlive: true,
    })
    client.on('notification', (notice) => onNotice(notice.payload ?? ''))
    client.on('error', (error) => log.warn({ err: error, channel }, 'listener lost'))
    client.on('end', reconnect)
    await client.connect()
    await client.query(`listen ${channel}`)
  }
  function reconnect() {
    if (closed) return
    retry = setTimeout(() => {
      connect().then(() => onNotice(''), reconnect)
    }, 500)
  }

  await connect()
  return {
    async close() {
      closed = true
      clearTimeout(retry)
      await client.end().catch((error: Error) => log.debug({ err: error }, 'listener already gone'))
    },
  }
}
