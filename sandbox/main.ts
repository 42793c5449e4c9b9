import { readConfig } from './config.ts'
import { startSandbox } from './start.ts'

const sandbox = await startSandbox(readConfig())
console.log(`Sandbox ready on ${sandbox.url}`)
// Told to whoever started us as a child, such as `npm start` and the journeys.
process.send?.({ ready: sandbox.url })

let isStopping = false
function stop() {
  if (isStopping) return
  isStopping = true
  sandbox.close().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
// The parent is gone: nobody else would end us.
process.on('disconnect', stop)
