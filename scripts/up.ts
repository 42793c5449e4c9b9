import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { ConfigError, loadConfig } from '../server/platform/config.ts'
import { type Child, PartEnded, startPart, stopPart } from './children.ts'
import { onParentGone } from './run-file.mjs'

type Settings = ReturnType<typeof loadConfig>

/**
 * Runs the server, and the sandbox beside it when it is configured to be on this machine, until
 * stopped.
 * @returns The exit code: 0 after a stop that was asked for.
 */
export async function up(): Promise<number> {
  const begun = performance.now()
  const config = settings()
  if (!config) return 1
  const sandbox = ownSandbox(config)
  const taken = await takenPorts(config, sandbox)
  if (taken.length > 0) {
    console.error(`\n${taken.join('\n')}`)
    return 1
  }

  const parts: Child[] = []
  if (sandbox) {
    const env = { SANDBOX_PORT: sandbox.port, SANDBOX_DATA: join(config.dataFolder, 'sandbox') }
    parts.push(startPart('sandbox', ['sandbox/main.ts'], { env }))
  }
  parts.push(startPart('server', ['server/main.ts']))
  const asked = new Promise<null>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => done(null))
    onParentGone(() => done(null))
  })
  const broken = Promise.race(
    parts.map(async (part) => new PartEnded(part.name, await part.ended).message),
  )

  const ready = Promise.all(parts.map((part) => part.told())).catch(() => broken)
  const first = await Promise.race([ready, asked])
  if (Array.isArray(first)) console.log(welcome(config, performance.now() - begun))
  const reason = typeof first === 'string' ? first : first && (await Promise.race([broken, asked]))
  if (reason) console.error(`\n${reason} The reason stands above.`)
  await Promise.all(parts.map((part) => stopPart(part)))
  return reason ? 1 : 0
}

function settings(): Settings | null {
  if (existsSync('.env')) process.loadEnvFile('.env')
  try {
    return loadConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(`\n${error.message}\n\nEvery variable is explained in docs/configuration.md.`)
    return null
  }
}

/** The sandbox's address if it is ours to start. */
function ownSandbox(config: Settings): URL | null {
  if (!config.sandboxUrl) return null
  const url = new URL(config.sandboxUrl)
  return ['localhost', '127.0.0.1'].includes(url.hostname) ? url : null
}

async function takenPorts(config: Settings, sandbox: URL | null): Promise<string[]> {
  const words: string[] = []
  if (config.port !== 0 && !(await isFree(config.port, config.host))) {
    const port = await freePort(config.host, config.port + 1)
    const url = config.secure ? '' : ` AVOW_URL=http://localhost:${port}`
    words.push(
      `Port ${config.port} is taken: is Avow running already? To use another port:`,
      `  AVOW_PORT=${port}${url} npm start`,
    )
  }
  if (sandbox && !(await isFree(Number(sandbox.port), '127.0.0.1'))) {
    const port = await freePort('127.0.0.1', Number(sandbox.port) + 1)
    words.push(
      `Port ${sandbox.port}, the sandbox's, is taken. To use another port:`,
      `  SANDBOX_URL=http://localhost:${port} npm start`,
    )
  }
  return words
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen(port, host, () => probe.close(() => done(true)))
  })
}

async function freePort(host: string, from: number): Promise<number> {
  for (let port = from; port < from + 100; port++) if (await isFree(port, host)) return port
  return from
}

function welcome(config: Settings, ms: number): string {
  const lines = [
    '',
    `  Avow is ready: ${config.url}   (started in ${(ms / 1000).toFixed(1)} s)`,
    ...(config.role === 'worker' ? ['  This is a worker: it has no pages, only /healthz.'] : []),
  ]
  if (config.sandboxUrl) {
    lines.push(
      '',
      '  No real credentials are set, so everything happens in the sandbox on this machine:',
      `  its world   ${config.sandboxUrl}`,
      `  its mailbox ${config.sandboxUrl}/world/mailbox`,
    )
  }
  lines.push('', '  Stop with Ctrl+C.', '')
  return lines.join('\n')
}

if (import.meta.main) process.exitCode = await up()
