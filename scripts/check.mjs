// `npm run check`: every gate that needs neither a database nor a browser.
import { runGates } from './gates.mjs'
import { command, install } from './set-up.mjs'

await command(async () => {
  install()
  const { failed } = await runGates()
  return failed > 0 ? 1 : 0
})
