// `npm run bench <name>`: measures, and prints a line of JSON for each figure.
import { runNamed } from './named.mjs'
import { command } from './set-up.mjs'

await command(() => runNamed('bench'))
