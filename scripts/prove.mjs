// `npm run prove <name>`: proves, and prints what it counted as lines of JSON.
import { runNamed } from './named.mjs'
import { command } from './set-up.mjs'

await command(() => runNamed('prove'))
