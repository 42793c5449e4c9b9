/**
 * `npm run bench start`: seconds from `npm start` to the first page that answers: on a fresh clone of
 * what is committed, with the packages in npm's cache, and once more on the same clone.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { rounded, say, tell } from '../prove/stage/figures.ts'
import { freePort } from '../prove/stage/stage.ts'

const root = join(import.meta.dirname, '..')
const folder = await mkdtemp(join(tmpdir(), 'avow-start-'))
// PostgreSQL runs as a user of its own when we are root, and must get through.
await chmod(folder, 0o755)
const clone = join(folder, 'avow')
let running: ReturnType<typeof spawn> | undefined
// Whoever loses patience finds nothing left behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    if (running) endGroup(running, 'SIGKILL')
    void rm(folder, { recursive: true, force: true }).then(() => process.exit(130))
  })
}
try {
  await run('git', ['clone', '--quiet', '--no-hardlinks', root, clone])
  const fresh = await secondsToFirstPage()
  tell({ figure: 'start.fresh', value: rounded(fresh), unit: 's', bar: 60, holds: fresh <= 60 })
  const warm = await secondsToFirstPage()
  tell({ figure: 'start.warm', value: rounded(warm), unit: 's', bar: 3, holds: warm <= 3 })
} finally {
  if (running) endGroup(running, 'SIGKILL')
  await rm(folder, { recursive: true, force: true })
}
process.exit(process.exitCode)

async function secondsToFirstPage(): Promise<number> {
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  const began = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    cwd: clone,
    // A group of its own: npm does not hand a signal on to what it has started.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...withoutOurNpm(),
      AVOW_URL: url,
      AVOW_PORT: String(port),
      SANDBOX_URL: `http://localhost:${sandboxPort}`,
      npm_config_prefer_offline: 'true',
    },
  })
  running = child
  child.stdout?.on('data', (chunk) => process.stderr.write(chunk))
  const ended = once(child, 'exit')
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}`)
    await wait(20)
  }
  const seconds = (performance.now() - began) / 1000
  say(`${seconds.toFixed(1)} s`)
  endGroup(child, 'SIGTERM')
  await ended
  while (await answers(url)) await wait(50)
  return seconds
}

function endGroup({ pid }: { pid?: number | undefined }, signal: NodeJS.Signals): void {
  if (!pid) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    // It has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Whether the first page is there, whole. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    return response.ok && (await response.text()).includes('<html')
  } catch {
    return false
  }
}

/** The environment as a shell has it, without what `npm run` put into ours. */
function withoutOurNpm(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) || name.toLowerCase() === 'npm_config_cache',
  )
  const env: NodeJS.ProcessEnv = Object.fromEntries(entries)
  const path = (env.PATH ?? '').split(delimiter)
  env.PATH = path.filter((part) => !part.startsWith(root)).join(delimiter)
  return env
}

async function run(command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with code ${code}`)
}
