import type { FastifyInstance } from 'fastify'
import { namedSchemas, notes } from '../contract/description.ts'
import { apiPrefix, contract } from '../contract/index.ts'
import { accountsApi, accountsEntry } from './modules/accounts/entry.ts'
import {
  accountRecipients,
  authenticate,
  onDefaultConnection,
  workspaceIds,
} from './modules/accounts/index.ts'
import { mediaApi, mediaEntry, mediaSweepHooks } from './modules/media/entry.ts'
import { onUses } from './modules/media/index.ts'
import { networksApi, networksEntry } from './modules/networks/entry.ts'
import { connectionFor, networkRecipients, onDisconnect } from './modules/networks/index.ts'
import { currentVersion, privacyApi, privacyEntry } from './modules/privacy/entry.ts'
import { publishingApi, publishingEntry } from './modules/publishing/entry.ts'
import { stopTargets, usesOfAssets } from './modules/publishing/index.ts'
import { dataClasses } from './personal-data.ts'
import { mountApiDocs } from './platform/api-docs.ts'
import { createClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import type { Platform } from './platform/context.ts'
import { createEgress } from './platform/egress.ts'
import { recordEgress } from './platform/egress-record.ts'
import { mountHealth } from './platform/health.ts'
import { closeHttp, createHttp, mountApi } from './platform/http.ts'
import { startLive } from './platform/live.ts'
import { liveApi } from './platform/live-api.ts'
import type { Log } from './platform/log.ts'
import { createMail } from './platform/mail.ts'
import { loadKeyRing } from './platform/master-key.ts'
import { openJobs } from './platform/open-jobs.ts'
import { platformRecipients } from './platform/recipients.ts'
import { startDatabase } from './platform/start-database.ts'
import { openStorage } from './platform/start-storage.ts'
import { mountWeb } from './platform/web.ts'
import privacyVersions from './privacy-versions.json' with { type: 'json' }
import { openSample, sampleEntry, sampleProcessor } from './sample/entry.ts'

const api = {
  accounts: accountsApi,
  networks: networksApi,
  privacy: privacyApi,
  media: mediaApi,
  publishing: publishingApi,
  live: liveApi,
}
const router = { ...api, accounts: { ...accountsApi, openSample } }
const entries = [
  accountsEntry,
  privacyEntry({
    dataClasses,
    hooks: mediaSweepHooks,
    workspaceIds,
    version: currentVersion(privacyVersions),
  }),
  mediaEntry,
  networksEntry,
  publishingEntry,
  sampleEntry(api),
]

/** Every kind of job that this server knows. */
export const signals = entries.flatMap((entry) => entry.signals)

/** How long a stop waits for jobs and requests under way. */
const stopWithinMs = 5_000

export type App = {
  platform: Platform
  /** Where it listens; empty for a worker without a web side. */
  url: string
  /** Every plain route, as `GET /healthz`. Those of the contract stand behind one of them. */
  routes: readonly string[]
  stop(): Promise<void>
}

/** Puts everything together, once, and starts the part that `config.role` asks for. */
export async function startApp(config: Config, log: Log): Promise<App> {
  const keyRing = await loadKeyRing(config)
  const started = await startDatabase({ config, keyRing, signals, log })
  const { database } = started
  const clock = createClock()
  const recipients = [
    ...platformRecipients(config),
    ...accountRecipients(config),
    ...networkRecipients(config),
  ]
  const egress = createEgress({
    allow: (host, processor) =>
      recipients.some((one) => one.processor === processor && one.hosts.includes(host)) ||
      // The sample presses Allow on consent pages, which stand in the sandbox then.
      (processor === sampleProcessor && config.sandboxUrl !== undefined),
    sandboxUrl: config.sandboxUrl,
    privateHosts: config.privateHosts,
    record: recordEgress(database),
    clock,
    log,
  })
  const works = config.role !== 'web'
  const platform: Platform = {
    config,
    log,
    clock,
    database,
    keyRing,
    egress,
    jobs: openJobs(started.url, { log, supervise: works }),
    live: await startLive(database, log),
    storage: await openStorage(config, egress),
    recipients,
    mail: createMail({ ...config.mail, egress, log }),
  }
  onDisconnect(stopTargets)
  onDefaultConnection(connectionFor)
  onUses(usesOfAssets)
  for (const entry of entries) entry.work?.(platform)

  const server = createHttp(platform)
  const routes: string[] = []
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`)
  })
  await mountRoutes(server, platform)
  await server.listen({ port: config.port, host: config.host })
  if (works) await platform.jobs.start()

  return {
    platform,
    url: listening(server.server.address(), config.host),
    routes,
    async stop() {
      // First, since a stream that is open would hold up the server's end.
      await platform.live.close()
      await Promise.all([closeHttp(server, stopWithinMs), platform.jobs.stop(stopWithinMs)])
      await egress.close()
      await started.stop()
    },
  }
}

/** A worker answers only how it is; every other role serves all there is. */
async function mountRoutes(server: FastifyInstance, platform: Platform): Promise<void> {
  const { config, database } = platform
  mountHealth(server, database)
  if (config.role === 'worker') return
  for (const entry of entries) await entry.mount?.(server, platform)
  mountApi(server, router, apiPrefix, {
    platform,
    authenticate: (request) => authenticate(platform, request),
  })
  await mountApiDocs(server, { contract, prefix: apiPrefix, url: config.url, namedSchemas, notes })
  await mountWeb(server)
}

function listening(address: unknown, host: string): string {
  const port =
    typeof address === 'object' && address !== null && 'port' in address ? address.port : ''
  return `http://${host}:${port}`
}
