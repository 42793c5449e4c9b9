// `npm run restore -- <file>`: reads a backup into the empty database that is configured.
import { runFile } from './run-file.mjs'
import { command } from './set-up.mjs'

await command(() => runFile(['server/restore.ts', ...process.argv.slice(2)]))
