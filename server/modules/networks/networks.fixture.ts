import { type Scope, scopeOf } from '../../platform/context.ts'
import { sessionCookie } from '../../test-kit/session-cookie.ts'
import { startTestApp, type TestApp } from '../../test-kit/start-test-app.ts'
import { createPerson, createWorkspace } from '../accounts/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
export type Answer = { status: number; headers: Headers; body: any; text: string }

export const allScopes = [
  'user_accounts:read',
  'boards:read',
  'boards:write',
  'pins:read',
  'pins:write',
]
const network = 'pinterest'

export type NetworksApp = TestApp & {
  /** Everything that any answer said, to search for what must not be in it. */
  said: string[]
  sandbox(method: string, path: string, body?: unknown): Promise<Answer>
}

export async function startNetworks(): Promise<NetworksApp> {
  const app = await startTestApp()
  return Object.assign(app, {
    said: [] as string[],
    async sandbox(method: string, path: string, body?: unknown) {
      const answer = await call(`${app.sandboxUrl}/_sandbox${path}`, { method }, body)
      if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.text}`)
      return answer
    },
  })
}

async function call(url: string, init: RequestInit, body?: unknown): Promise<Answer> {
  const headers = new Headers(init.headers)
  if (body !== undefined) headers.set('content-type', 'application/json')
  // biome-ignore lint/style/noRestrictedGlobals: a browser of a test, not a way out of ours
  const response = await fetch(url, {
    redirect: 'manual',
    ...init,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  const { status } = response
  return { status, headers: response.headers, text, body: isJson && text ? JSON.parse(text) : null }
}

/** Somebody with a browser, signed in, in a workspace. */
export class Person {
  readonly app: NetworksApp
  readonly id: string
  readonly workspaceId: string
  cookie = ''

  constructor(app: NetworksApp, id: string, workspaceId: string) {
    this.app = app
    this.id = id
    this.workspaceId = workspaceId
  }

  get scope(): Scope {
    return scopeOf(this.app.platform, this.workspaceId)
  }

  /** Opens another session; the cookie of the one before still holds. */
  async signIn(): Promise<string> {
    this.cookie = await sessionCookie(this.app, this.id)
    return this.cookie
  }

  async get(path: string, cookie = this.cookie): Promise<Answer> {
    const answer = await call(this.app.url + path, { headers: cookie ? { cookie } : {} })
    this.app.said.push(answer.text, JSON.stringify([...answer.headers]))
    return answer
  }

  async api(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = {
      cookie: this.cookie,
      origin: this.app.url,
      'avow-workspace': this.workspaceId,
    }
    const answer = await call(`${this.app.url}/api/v1${path}`, { method, headers }, body)
    this.app.said.push(answer.text, JSON.stringify([...answer.headers]))
    return answer
  }

  /** Goes to the network's page, decides there, and gives the address that the network sends back to. */
  async consent({
    decision = 'allow',
    account = 'fernandbloom',
    scopes = allScopes,
    connectionId,
    returnTo = `/w/${this.workspaceId}/connections`,
  }: {
    decision?: string
    account?: string
    scopes?: string[]
    connectionId?: string
    returnTo?: string
  } = {}): Promise<URL> {
    const wanted = { network, returnTo, ...(connectionId ? { connectionId } : {}) }
    const started = await this.api('POST', '/connections/start', wanted)
    if (started.status !== 200) throw new Error(started.text)
    const form = new URLSearchParams({ decision, account: await accountId(this.app, account) })
    for (const scope of scopes) form.append('scope', scope)
    // biome-ignore lint/style/noRestrictedGlobals: a browser of a test, not a way out of ours
    const reply = await fetch(started.body.authorizeUrl, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    })
    return new URL(reply.headers.get('location') ?? '')
  }

  /** Comes back from the network: the page of ours that it ends on. */
  async comeBack(url: URL, cookie = this.cookie): Promise<URL> {
    const answer = await this.get(url.pathname + url.search, cookie)
    if (answer.status !== 303) throw new Error(`${answer.status} ${answer.text}`)
    return new URL(answer.headers.get('location') ?? '')
  }

  /** Connects an account from start to end. The connection's id. */
  async connect(account?: string): Promise<string> {
    const page = await this.comeBack(await this.consent(account ? { account } : {}))
    const id = page.searchParams.get('connected')
    if (!id) throw new Error(page.href)
    return id
  }
}

export async function newPerson(app: NetworksApp, name: string): Promise<Person> {
  const email = `${name.toLowerCase()}-${crypto.randomUUID()}@example.com`
  const id = await createPerson(app.platform, { name, email })
  const wanted = { name: `${name}’s`, timeZone: 'Europe/Amsterdam', weekStart: 1 }
  const workspace = await createWorkspace(app.platform, id, wanted)
  const person = new Person(app, id, workspace.id)
  await person.signIn()
  return person
}

export async function accountId(app: NetworksApp, username: string): Promise<string> {
  const { body } = await app.sandbox('GET', '/state')
  const accounts: { id: string; username: string }[] = body.pinterest.accounts
  return accounts.find((one) => one.username === username)?.id ?? ''
}

/** Makes the next calls of this operation go wrong. */
export const fault = (app: NetworksApp, operation: string, kind: string, more: object = {}) =>
  app.sandbox('POST', '/faults', { vendor: network, operation, kind, ...more })

/** How often tokens were exchanged since the sandbox knows. */
export async function exchanges(app: NetworksApp, path = '/oauth/token'): Promise<number> {
  const { body } = await app.sandbox('GET', '/exchanges?limit=200')
  const all: { url: string }[] = body.exchanges
  return all.filter(({ url }) => new URL(url).pathname.endsWith(path)).length
}

/** Moves the time of both worlds. */
export async function moveDays(app: NetworksApp, days: number): Promise<void> {
  const ms = days * 86_400_000
  await app.moveTime(ms)
  await app.sandbox('POST', '/clock', { advanceMs: ms })
}

/** Every row of every table, as text. */
export async function dump(app: NetworksApp): Promise<string> {
  const { rows } = await app.admin.query<{ name: string }>(
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema in ('public', 'pgboss', 'app')",
  )
  const texts: string[] = []
  for (const { name } of rows) {
    const { rows: all } = await app.admin.query<{ row: string }>(
      `select t::text as row from ${name} t`,
    )
    texts.push(...all.map(({ row }) => row))
  }
  return texts.join('\n')
}
