import { spawn } from 'node:child_process'
import { node, root } from './set-up.mjs'

/** Runs a file in the packaged Node, as if it were this process. */
export function runFile(args) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  onParentGone(() => child.kill('SIGTERM'))
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('exit', (code) => done(code ?? 1))
  })
}

/**
 * Calls back when whoever started this process has ended. A signal to npm ends npm and the shell
 * that it runs us in, but does not reach us.
 */
export function onParentGone(stop) {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, 500)
  watch.unref()
}
