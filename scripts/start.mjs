// `npm start`: everything from a fresh clone to a page that answers. Runs on Node 20 or later.
import { spawn } from 'node:child_process'
import { buildWeb, command, install, node, root } from './set-up.mjs'

await command(async () => {
  install()
  buildWeb()
  // Once the packages are there, npm already runs this with the packaged Node.
  if (process.features.typescript) return (await import('./up.ts')).up()
  return inPackagedNode(['scripts/up.ts'])
})

function inPackagedNode(args) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  return new Promise((done) => child.on('exit', (code) => done(code ?? 1)))
}
