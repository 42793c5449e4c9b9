import { spawn } from 'node:child_process'
import { node, root } from './set-up.mjs'

/** Runs a file in the packaged Node, as if it were this process. */
export function runFile(args) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('exit', (code) => done(code ?? 1))
  })
}
