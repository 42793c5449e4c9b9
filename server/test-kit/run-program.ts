import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export type Program = {
  child: ChildProcess
  /** Everything that it wrote so far. */
  said(): string
  /** What it sent as ready: the address that it answers at. */
  ready: Promise<string>
  ended: Promise<number | null>
}

/** Starts a file of ours in a process of its own, with this environment and no other. */
export function start(args: string[], env: Record<string, string>): Program {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk
    })
  }
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const ready = new Promise<string>((done, fail) => {
    child.once('message', (message) => done((message as { ready: string }).ready))
    child.once('close', () => fail(new Error(`It ended before it was ready: ${text}`)))
  })
  ready.catch(() => {})
  return { child, said: () => text, ready, ended }
}

/** Runs a file of ours to its end. */
export async function run(args: string[], env: Record<string, string>) {
  const program = start(args, env)
  const code = await program.ended
  return { code, said: program.said() }
}
