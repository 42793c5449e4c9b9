import { readConfig } from './config.ts'
import { startSandbox } from './start.ts'

const sandbox = await startSandbox(readConfig())
console.log(`Sandbox ready on ${sandbox.url}`)

let isStopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (isStopping) return
    isStopping = true
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
}
