import { join } from 'node:path'
import { startPart, stopPart } from './children.ts'

// The browser is on Vite's address, which passes calls on to the server: mail links, cookies and
// redirects must name that address.
const web = 'http://localhost:5173'
const server = 'http://localhost:4000'
const data = process.env.AVOW_DATA ?? './data'

const parts = [
  startPart('sandbox', ['--watch', 'sandbox/main.ts'], {
    env: { SANDBOX_DATA: join(data, 'sandbox') },
  }),
  startPart('server', ['--watch', 'server/main.ts'], { env: { AVOW_URL: web } }),
  startPart('web app', ['node_modules/vite/bin/vite.js', '-c', 'web/vite.config.ts'], {
    env: { AVOW_URL: server },
  }),
]
console.log(`\n  Avow, reloading: ${web}   (sandbox http://localhost:4100)\n`)

const asked = new Promise<null>((done) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => done(null))
})
const broken = Promise.race(parts.map((part) => part.ended.then(() => part.name)))
const name = await Promise.race([asked, broken])
if (name) console.error(`The ${name} ended; the reason stands above.`)
await Promise.all(parts.map((part) => stopPart(part)))
process.exitCode = name ? 1 : 0
