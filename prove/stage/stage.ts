import { closeSync, openSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Child, startPart, stopPart } from '../../scripts/children.ts'
import { startEmbeddedDatabase } from '../../server/platform/embedded-database.ts'
import { createLog } from '../../server/platform/log.ts'

/** A database, a sandbox and servers of one proof's own, on free ports, in a temporary folder. */
export type Stage = {
  folder: string
  /** The superuser, past row-level security: for arranging and for looking. */
  admin: pg.Pool
  adminUrl: string
  /** Where the servers are told to be reached; the one started with `web: true` listens there. */
  url: string
  sandboxUrl: string
  /** Starts a server on the stage. What it says goes to `server.log` in the folder. */
  startServer(options?: { web?: boolean; env?: NodeJS.ProcessEnv; node?: string[] }): Child
  /** A call of the sandbox's own API. */
  sandbox<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
  /** Ends everything; the folder stays when `keep` is set. */
  close(keep?: boolean): Promise<void>
}

const masterKey = Buffer.alloc(32, 9).toString('base64')

/** `flags` are settings of PostgreSQL. The database is durable by default, as in production. */
export async function openStage(
  name: string,
  options: { flags?: string[]; env?: NodeJS.ProcessEnv; sandboxEnv?: NodeJS.ProcessEnv } = {},
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), `avow-${name}-`))
  // PostgreSQL runs as a user of its own when we are root, and must get through.
  await chmod(folder, 0o755)
  const cluster = await startEmbeddedDatabase({
    folder: join(folder, 'postgres'),
    password: 'for proofs only',
    log: createLog({ level: 'warn' }),
    flags: ['max_connections=300', ...(options.flags ?? [])],
  })
  const adminUrl = await createDatabase(cluster.adminUrl, 'avow')
  const output = openSync(join(folder, 'server.log'), 'a')
  const sandbox = startPart('sandbox', ['sandbox/main.ts'], {
    env: { SANDBOX_PORT: '0', ...options.sandboxEnv },
    output,
  })
  const { ready: sandboxUrl } = await sandbox.told()
  const port = await freePort()
  const url = `http://localhost:${port}`
  const admin = new pg.Pool({ connectionString: adminUrl, max: 4 })
  admin.on('error', () => {})
  const children = new Set<Child>([sandbox])
  async function close(keep = false) {
    await Promise.all([...children].map((child) => stopPart(child)))
    closeSync(output)
    await admin.end()
    await cluster.stop()
    if (!keep) await rm(folder, { recursive: true, force: true })
  }
  // Whoever loses patience finds nothing left behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().then(() => process.exit(130)))
  }

  return {
    folder,
    admin,
    adminUrl,
    url,
    sandboxUrl,
    startServer({ web = false, env = {}, node = [] } = {}) {
      const child = startPart('server', [...node, 'server/main.ts'], {
        env: {
          AVOW_URL: url,
          AVOW_PORT: web ? String(port) : '0',
          AVOW_DATA: folder,
          AVOW_MASTER_KEY: masterKey,
          DATABASE_URL: adminUrl,
          SANDBOX: 'on',
          SANDBOX_URL: sandboxUrl,
          LOG_LEVEL: 'warn',
          ...options.env,
          ...env,
        },
        output,
      })
      children.add(child)
      void child.ended.then(() => children.delete(child))
      return child
    },
    async sandbox<T>(method: string, path: string, body?: unknown) {
      const response = await fetch(`${sandboxUrl}/_sandbox${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} of the sandbox: ${text}`)
      return (text ? JSON.parse(text) : undefined) as T
    },
    close,
  }
}

/** A new, empty database of the cluster; the address of its superuser. */
export async function createDatabase(clusterUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: clusterUrl })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const url = new URL(clusterUrl)
  url.pathname = `/${name}`
  return url.href
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address && typeof address === 'object' ? address.port : null
      probe.close(() => (port ? done(port) : fail(new Error('The system gave no port'))))
    })
  })
}
