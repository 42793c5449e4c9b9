import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

export type Child = {
  name: string
  process: ChildProcess
  /** Resolves when the process has ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** What it told over its channel, such as `{ ready: url }`. */
  told(): Promise<{ ready: string }>
}

/**
 * Starts a part of Avow in this very Node, with a channel: a part ends by itself when the channel
 * breaks, so that none outlives whoever started it.
 */
export function startPart(
  name: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; output?: 'inherit' | number } = {},
): Child {
  const output = options.output ?? 'inherit'
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', output, output, 'ipc'],
  })
  const ended = new Promise<Awaited<Child['ended']>>((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code, signal) => done({ code, signal }))
  })
  const ready = new Promise<{ ready: string }>((done, fail) => {
    child.on('message', (message) => {
      if (isReady(message)) done(message)
    })
    ended.then((end) => fail(new PartEnded(name, end)), fail)
  })
  // Whoever waits for readiness hears of the end there; whoever does not, through `ended`.
  ready.catch(() => {})
  return { name, process: child, ended, told: () => ready }
}

export class PartEnded extends Error {
  constructor(name: string, end: { code: number | null; signal: NodeJS.Signals | null }) {
    super(`The ${name} ended (${end.signal ?? `exit code ${end.code}`}).`)
  }
}

/** Asks it to stop; kills it when it has not ended after `ms`. */
export async function stopPart(child: Child, ms = 12_000): Promise<void> {
  if (child.process.exitCode !== null || child.process.signalCode !== null) return
  child.process.kill('SIGTERM')
  const timer = setTimeout(() => child.process.kill('SIGKILL'), ms)
  await child.ended
  clearTimeout(timer)
}

function isReady(message: unknown): message is { ready: string } {
  return typeof message === 'object' && message !== null && 'ready' in message
}
