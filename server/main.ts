import { ConfigError, loadConfig } from './platform/config.ts'
import { keepYoungSpaceSmall, loadDrizzleLean } from './platform/lean-process.ts'
import { createLog } from './platform/log.ts'

keepYoungSpaceSmall()
const log = createLog({ level: 'info' })
try {
  const config = loadConfig()
  log.level = config.logLevel
  for (const warning of config.warnings) log.warn(warning)
  // After the hook, which only later imports pass through.
  loadDrizzleLean()
  const { startApp } = await import('./app.ts')
  const app = await startApp(config, log)
  log.info({ role: config.role, address: app.url }, 'Avow is up')
  // Told to whoever started us as a child, such as `npm start` and the tests.
  process.send?.({ ready: app.url })

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    // Leases and jobs free themselves if this does not end in time.
    setTimeout(() => process.exit(1), 10_000).unref()
    await app.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', () => stop('parent gone'))
} catch (error) {
  if (error instanceof ConfigError) log.fatal(error.message)
  else log.fatal({ err: error }, 'Avow could not start')
  process.exitCode = 1
  setTimeout(() => process.exit(1), 500).unref()
}
