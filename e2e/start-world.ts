import { createWriteStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startPart, stopPart } from '../scripts/children.ts'

export type World = {
  /** Where Avow answers, and where the sandbox does. */
  url: string
  sandboxUrl: string
  /** Kills the server as a power cut would, and starts it again on the same data. */
  restartServer(env?: NodeJS.ProcessEnv): Promise<void>
  stop(): Promise<void>
}

/**
 * A whole installation of its own: server, embedded database and sandbox, as `npm start` runs them,
 * on free ports with data in a temporary folder. What the parts say goes to files in `reports`; the
 * exchanges between server and sandbox to `exchanges.jsonl` there.
 */
export async function startWorld(reports: string): Promise<World> {
  await mkdir(reports, { recursive: true })
  const exchanges = join(reports, 'exchanges.jsonl')
  await rm(exchanges, { force: true })
  const data = await mkdtemp(join(tmpdir(), 'avow-e2e-'))
  // Run as root, the database belongs to another user, who must get through to it.
  await chmod(data, 0o755)
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  const sandboxUrl = `http://localhost:${sandboxPort}`
  const output = {
    sandbox: createWriteStream(join(reports, 'sandbox.log')),
    server: createWriteStream(join(reports, 'server.log')),
  }
  const sandbox = startPart('sandbox', ['sandbox/main.ts'], {
    env: {
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_DATA: join(data, 'sandbox'),
      SANDBOX_LOG: exchanges,
    },
    output: await opened(output.sandbox),
  })
  const serverOutput = await opened(output.server)
  const startServer = (env: NodeJS.ProcessEnv = {}) =>
    startPart('server', ['server/main.ts'], {
      env: {
        AVOW_URL: url,
        AVOW_PORT: String(port),
        AVOW_DATA: data,
        AVOW_ROLE: 'all',
        SANDBOX: 'on',
        SANDBOX_URL: sandboxUrl,
        LOG_LEVEL: 'info',
        ...env,
      },
      output: serverOutput,
    })
  let server: Child = startServer()
  const stop = async () => {
    await Promise.all([stopPart(server), stopPart(sandbox)])
    for (const stream of Object.values(output)) stream.end()
    await rm(data, { recursive: true, force: true })
  }
  try {
    await Promise.all([server.told(), sandbox.told()])
  } catch (error) {
    await stop()
    throw new Error(`The world did not start; see the logs in ${reports}`, { cause: error })
  }
  return {
    url,
    sandboxUrl,
    async restartServer(env) {
      server.process.kill('SIGKILL')
      await server.ended
      server = startServer(env)
      await server.told()
    },
    stop,
  }
}

/** The number under which a child can write to the file. */
function opened(stream: ReturnType<typeof createWriteStream>): Promise<number> {
  return new Promise((done, fail) => {
    stream.once('open', done)
    stream.once('error', fail)
  })
}

function freePort(): Promise<number> {
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
