// `npm start`: everything from a fresh clone to a page that answers. Runs on Node 20 or later.
import { runFile } from './run-file.mjs'
import { buildWeb, command, install } from './set-up.mjs'

await command(async () => {
  install()
  buildWeb()
  // Once the packages are there, npm already runs this file with the packaged Node.
  if (process.features.typescript) return (await import('./up.ts')).up()
  return runFile(['scripts/up.ts'])
})
