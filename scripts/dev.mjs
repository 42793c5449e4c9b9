// `npm run dev`: every part starts anew, or reloads in the browser, when a file of it changes.
import { runFile } from './run-file.mjs'
import { buildWeb, command, install } from './set-up.mjs'

await command(() => {
  install()
  // The server serves the built app too; it wants one to be there.
  buildWeb()
  return runFile(['scripts/watch.ts'])
})
