// `npm run promises`: the acceptance list with the state of each row.
import { runFile } from './run-file.mjs'
import { command, install } from './set-up.mjs'

await command(() => {
  install()
  return runFile(['promises/list.ts', ...process.argv.slice(2)])
})
