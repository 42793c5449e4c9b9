import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { apiPrefix } from '../../../contract/index.ts'
import { startSandbox } from '../../../sandbox/start.ts'
import { createClock, type MovableClock } from '../../platform/clock.ts'
import { readConfig } from '../../platform/config.ts'
import type { Platform } from '../../platform/context.ts'
import { createKeyRing } from '../../platform/crypto.ts'
import { createEgress } from '../../platform/egress.ts'
import { recordEgress } from '../../platform/egress-record.ts'
import { createHttp, mountApi } from '../../platform/http.ts'
import { createLog } from '../../platform/log.ts'
import { createMail } from '../../platform/mail.ts'
import { openJobs } from '../../platform/open-jobs.ts'
import { platformRecipients } from '../../platform/recipients.ts'
import { startDatabase } from '../../platform/start-database.ts'
import { accountsApi, accountsEntry } from './entry.ts'
import { accountRecipients, authenticate } from './index.ts'

export const origin = 'http://localhost:4000'
export const password = 'correct horse battery'

export type AccountsApp = Awaited<ReturnType<typeof startAccounts>>

/** The accounts module behind real HTTP, on a real PostgreSQL, with the sandbox as its world. */
export async function startAccounts() {
  const folder = await mkdtemp(join(tmpdir(), 'avow-accounts-'))
  // PostgreSQL runs as a user of its own when we are root.
  await chmod(folder, 0o755)
  const sandbox = await startSandbox()
  sandbox.world.mailbox.perSecond = 1000
  const log = createLog({ level: 'silent' })
  const config = readConfig({
    AVOW_DATA: folder,
    SANDBOX: 'on',
    SANDBOX_URL: sandbox.url,
    GOOGLE_CLIENT_ID: 'sandbox-google-client',
    GOOGLE_CLIENT_SECRET: 'sandbox-google-secret',
  })
  const keyRing = createKeyRing([randomBytes(32)])
  const started = await startDatabase({ config, keyRing, signals: accountsEntry.signals, log })
  const admin = new pg.Client({ connectionString: started.adminUrl })
  await admin.connect()
  const { database, url } = started
  const clock = createClock()
  const recipients = [...platformRecipients(config), ...accountRecipients(config)]
  const egress = createEgress({
    allow: (host, processor) =>
      recipients.some((one) => one.processor === processor && one.hosts.includes(host)),
    sandboxUrl: config.sandboxUrl,
    privateHosts: config.privateHosts,
    record: recordEgress(database),
    clock,
    log,
  })
  const jobs = openJobs(url, { log, supervise: false })
  const mail = createMail({ ...config.mail, egress, log })
  // Live updates and files are no matter of accounts.
  const parts = { config, log, clock, keyRing, egress, jobs, mail, recipients }
  const base = parts as unknown as Platform
  const platform: Platform = { ...base, database }
  accountsEntry.work?.(platform)

  const first = await serve(platform)

  return {
    platform,
    base,
    serve,
    url: first.url,
    admin,
    sandbox,
    /** Moves time for the server and its database alike. */
    moveTime: (ms: number) => moveTime(clock, admin, ms),
    databaseUrl: url,
    log,
    /** Links in the newest mail to an address, as paths of this server. */
    async mailTo(address: string) {
      await jobs.drain()
      const [newest] = sandbox.world.mailbox.list(1, address)
      return newest && { subject: newest.subject, text: newest.text ?? '', link: linkIn(newest) }
    },
    async stop() {
      await first.server.close()
      await jobs.stop(1000)
      await egress.close()
      await admin.end()
      await started.stop()
      await sandbox.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A server over a platform: of its own process, as far as accounts can tell. */
async function serve(over: Platform) {
  const server = createHttp(over)
  await accountsEntry.mount?.(server, over)
  mountApi(server, { accounts: accountsApi }, apiPrefix, {
    platform: over,
    authenticate: (request) => authenticate(over, request),
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('It does not listen')
  return { server, url: `http://127.0.0.1:${address.port}` }
}

async function moveTime(clock: MovableClock, admin: pg.Client, ms: number): Promise<void> {
  const offsetMs = clock.state().offsetMs + ms
  clock.set({ offsetMs, rate: 1 })
  await admin.query('delete from app.clock')
  await admin.query(
    'insert into app.clock (offset_ms, rate, since) values ($1, 1, statement_timestamp())',
    [offsetMs],
  )
}

function linkIn(mail: { text: string | null }): string {
  const link = /http:\/\/localhost:4000(\/(?:api\/auth|invite|sign-in)\S*)/.exec(mail.text ?? '')
  return link?.[1] ?? ''
}

export type Answer = {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  body: any
}

/** A browser of one person: keeps cookies, sends its origin, follows nothing. */
export class Browser {
  readonly cookies = new Map<string, string>()
  /** Which workspace its calls are about. */
  workspaceId: string | undefined
  readonly #url: string

  constructor(app: Pick<AccountsApp, 'url'>) {
    this.#url = app.url
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    // biome-ignore lint/style/noRestrictedGlobals: a browser of a test, outside of the server
    const response = await fetch(this.#url + path, {
      method,
      redirect: 'manual',
      headers: {
        origin,
        ...(cookie ? { cookie } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.workspaceId ? { 'avow-workspace': this.workspaceId } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const text = await response.text()
    const isJson = text !== '' && response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    }
  }

  get = (path: string) => this.call('GET', path)
  post = (path: string, body: unknown = {}) => this.call('POST', path, body)
  /** The API under its prefix. */
  api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    this.call(method, `${apiPrefix}${path}`, body, headers)

  #keep(line: string) {
    const [pair = '', ...attributes] = line.split(';')
    const equals = pair.indexOf('=')
    const name = pair.slice(0, equals)
    if (attributes.some((one) => /^\s*max-age=0$/i.test(one))) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(equals + 1))
  }
}

/** A browser in which a new person with a confirmed address is signed in. */
export async function newPerson(
  app: AccountsApp,
  name: string,
): Promise<Browser & { email: string }> {
  const email = `${name.toLowerCase()}.${randomBytes(4).toString('hex')}@example.com`
  const browser = Object.assign(new Browser(app), { email })
  const signedUp = await browser.post('/api/auth/sign-up/email', { name, email, password })
  if (signedUp.status !== 200) throw new Error(`Sign-up: ${JSON.stringify(signedUp.body)}`)
  await confirm(app, browser, email)
  return browser
}

export async function confirm(app: AccountsApp, browser: Browser, email: string): Promise<Answer> {
  const mail = await app.mailTo(email)
  return browser.get(mail?.link ?? '')
}

/** A new person with a workspace of their own, open in their browser. */
export async function newOwner(app: AccountsApp, name: string) {
  const browser = await newPerson(app, name)
  const made = await browser.api('POST', '/workspaces', {
    name: `${name}’s workspace`,
    timeZone: 'Europe/Amsterdam',
  })
  if (made.status !== 201) throw new Error(`Workspace: ${JSON.stringify(made.body)}`)
  browser.workspaceId = made.body.id
  return browser
}
