/**
 * `npm run bench memory`: what the server holds in memory when nothing happens, beside what the bare
 * runtime does.
 *
 *   --seconds <n>   idle for so long before it is read; 60 otherwise
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { rounded, say, tell } from '../prove/stage/figures.ts'
import { openStage } from '../prove/stage/stage.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } })
const idleSeconds = Number(values.seconds)

const stage = await openStage('memory')
try {
  const server = stage.startServer({ web: true })
  const { ready } = await server.told()
  const page = await fetch(`${ready}/healthz`)
  if (!page.ok) throw new Error(`The server answers ${page.status}`)
  const bare = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  await once(bare, 'spawn')
  say(`idle for ${idleSeconds} s`)
  await wait(idleSeconds * 1000)
  const value = await residentMegabytes(server.process.pid)
  const floor = await residentMegabytes(bare.pid)
  bare.kill()
  tell({
    figure: 'memory.idle',
    value: rounded(value),
    unit: 'MB',
    floor: rounded(floor),
    ratio: rounded(value / floor),
    bar: 200,
    idleSeconds,
    holds: value <= 200,
  })
} finally {
  await stage.close()
}
process.exit(process.exitCode)

/** What of a process is in real memory (VmRSS, in units of 1024 bytes), in MB of 1024 x 1024. */
async function residentMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1])
  if (!Number.isFinite(kilobytes)) throw new Error(`Process ${pid} tells no VmRSS`)
  return kilobytes / 1024
}
