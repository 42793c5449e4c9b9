import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  accountId,
  allScopes,
  dump,
  exchanges,
  fault,
  moveDays,
  type NetworksApp,
  newPerson,
  type Person,
  startNetworks,
} from './networks.fixture.ts'

let app: NetworksApp
let ana: Person
beforeAll(async () => {
  app = await startNetworks()
}, 90_000)
afterAll(() => app?.stop())
beforeEach(async () => {
  await app.sandbox('DELETE', '/faults')
  ana = await newPerson(app, 'Ana')
})

const rowOf = async (id: string) =>
  (await app.admin.query('select * from connections where id = $1', [id])).rows[0]
const errorIn = (page: URL) => page.searchParams.get('connect_error')
const connectionsOf = async (person: Person) =>
  (await person.api('GET', '/connections')).body.items as Record<string, unknown>[]
const eventsOf = async (id: string): Promise<string[]> => {
  const { rows } = await app.admin.query(
    'select name from events where subject_id = $1 order by position',
    [id],
  )
  return rows.map(({ name }) => name)
}

describe('connecting', () => {
  it('offers the networks that are set up here', async () => {
    const { body } = await ana.api('GET', '/networks')
    expect(body.items.map(({ network }: { network: string }) => network)).toEqual(['pinterest'])
  })

  it('makes a connection that names only what our user and the consent said', async () => {
    const page = await ana.comeBack(await ana.consent())
    expect(page.origin + page.pathname).toBe(`${app.url}/w/${ana.workspaceId}/connections`)
    const [connection] = await connectionsOf(ana)
    expect(connection).toMatchObject({
      id: page.searchParams.get('connected'),
      network: 'pinterest',
      label: 'Pinterest',
      status: 'active',
      statusWords: '',
      lastUsedAt: null,
      can: { publish: { ok: true }, disconnect: { ok: true } },
    })
    expect(connection?.scopes).toEqual(
      allScopes.map((scope) => ({ scope, words: expect.any(String), granted: true })),
    )
    const row = await rowOf(String(connection?.id))
    expect(row.account_id).toBe(await accountId(app, 'fernandbloom'))
    expect(row.access_token).not.toContain('pina')
    expect(await eventsOf(row.id)).toEqual(['connection.connected'])
  })

  it('gives each its own name, and updates the row of an account that comes twice', async () => {
    const first = await ana.connect('fernandbloom')
    const second = await ana.connect('oakandiron')
    expect(await ana.connect('fernandbloom')).toBe(first)
    const labels = (await connectionsOf(ana)).map(({ label }) => label)
    expect(labels).toEqual(['Pinterest', 'Pinterest 2'])
    expect((await rowOf(first)).token_version).toBe(2)
    expect(await eventsOf(first)).toEqual(['connection.connected', 'connection.restored'])
    expect(await eventsOf(second)).toEqual(['connection.connected'])
  })

  it('makes one connection of an account that two tabs connect at once', async () => {
    const urls = [await ana.consent(), await ana.consent()]
    const pages = await Promise.all(urls.map((url) => ana.comeBack(url)))
    expect(new Set(pages.map((page) => page.searchParams.get('connected'))).size).toBe(1)
    expect(await connectionsOf(ana)).toHaveLength(1)
  })

  it('says that the person declined, and makes nothing', async () => {
    expect(errorIn(await ana.comeBack(await ana.consent({ decision: 'deny' })))).toBe('declined')
    expect(await connectionsOf(ana)).toEqual([])
  })

  it('says which permissions are missing, and throws away what was given', async () => {
    const scopes = allScopes.slice(0, 3)
    const page = await ana.comeBack(await ana.consent({ scopes }))
    expect(errorIn(page)).toBe('partial')
    expect(page.searchParams.get('missing')).toBe('pins:read pins:write')
    expect(await connectionsOf(ana)).toEqual([])
    expect(
      (await app.admin.query('select from vault_keys where workspace_id = $1', [ana.workspaceId]))
        .rowCount,
    ).toBe(0)
  })

  it('says that the network failed, wherever it did', async () => {
    expect(errorIn(await ana.comeBack(await ana.consent({ decision: 'fail' })))).toBe('failed')
    for (const operation of ['POST /oauth/token', 'GET /user_account']) {
      for (const kind of ['refuse', 'drop-reply', 'accept-then-truncate', 'rate-limit']) {
        const url = await ana.consent()
        await fault(app, operation, kind)
        expect(errorIn(await ana.comeBack(url)), `${operation} ${kind}`).toBe('failed')
      }
    }
    expect(await connectionsOf(ana)).toEqual([])
  })

  it('takes each state once', async () => {
    const url = await ana.consent()
    expect((await ana.comeBack(url)).searchParams.has('connected')).toBe(true)
    expect(errorIn(await ana.comeBack(url))).toBe('state')
    const declined = await ana.consent({ decision: 'deny' })
    await ana.comeBack(declined)
    expect(errorIn(await ana.comeBack(declined))).toBe('state')
  })

  it('takes a state only from the session that began it', async () => {
    const ben = await newPerson(app, 'Ben')
    const victims = await ana.consent()
    expect(errorIn(await ben.comeBack(victims))).toBe('state')
    const first = ana.cookie
    const url = await ana.consent()
    const second = await ana.signIn()
    expect(errorIn(await ana.comeBack(url, second))).toBe('state')
    // It was used up by that.
    expect(errorIn(await ana.comeBack(url, first))).toBe('state')
    const nobodys = await ana.consent()
    expect(errorIn(await ana.comeBack(nobodys, ''))).toBe('state')
    // Nobody could use it up, so its owner still can.
    expect((await ana.comeBack(nobodys)).searchParams.has('connected')).toBe(true)
    expect(await connectionsOf(ben)).toEqual([])
  })

  it('takes no state of another workspace, network or making', async () => {
    const ben = await newPerson(app, 'Ben')
    const url = await ana.consent()
    const state = url.searchParams.get('state') ?? ''
    const moved = new URL(url)
    moved.searchParams.set('state', state.replace(ana.workspaceId, ben.workspaceId))
    expect(errorIn(await ana.comeBack(moved))).toBe('state')
    expect(errorIn(await ben.comeBack(moved))).toBe('state')
    for (const made of ['', 'x', `${ana.workspaceId}.x`, `${ana.workspaceId}`]) {
      const forged = new URL(url)
      forged.searchParams.set('state', made)
      expect(errorIn(await ana.comeBack(forged))).toBe('state')
    }
    const other = new URL(url)
    other.pathname = '/oauth/nowhere/callback'
    expect(errorIn(await ana.comeBack(other))).toBe('state')
  })

  it('ends after ten minutes', async () => {
    const url = await ana.consent()
    await app.moveTime(10 * 60_000 + 1000)
    expect(errorIn(await ana.comeBack(url))).toBe('expired')
    expect(await connectionsOf(ana)).toEqual([])
  })

  it('refuses a page that is not ours, and a network that is not here', async () => {
    for (const returnTo of ['https://evil.example/', '//evil.example', '/\\evil.example', 'x']) {
      const wanted = { network: 'pinterest', returnTo }
      expect((await ana.api('POST', '/connections/start', wanted)).status, returnTo).toBe(400)
    }
    const nowhere = await ana.api('POST', '/connections/start', { network: 'nowhere' })
    expect(nowhere.status).toBe(404)
  })
})

describe('signing in again', () => {
  it('keeps the connection, its name and its default', async () => {
    const id = await ana.connect()
    const defaultDestination = { id: '77', childId: null }
    await ana.api('PATCH', `/connections/${id}`, { label: 'The shop', defaultDestination })
    const page = await ana.comeBack(await ana.consent({ connectionId: id }))
    expect(page.searchParams.get('connected')).toBe(id)
    const [connection] = await connectionsOf(ana)
    expect(connection).toMatchObject({ id, label: 'The shop', defaultDestination })
  })

  it('changes nothing when it is done as another account', async () => {
    const id = await ana.connect('fernandbloom')
    const before = await rowOf(id)
    const page = await ana.comeBack(await ana.consent({ connectionId: id, account: 'oakandiron' }))
    expect(errorIn(page)).toBe('other_account')
    expect(await rowOf(id)).toEqual(before)
    expect(await connectionsOf(ana)).toHaveLength(1)
  })

  it('is not for a connection of another workspace', async () => {
    const ben = await newPerson(app, 'Ben')
    const id = await ben.connect()
    const wanted = { network: 'pinterest', connectionId: id }
    expect((await ana.api('POST', '/connections/start', wanted)).status).toBe(404)
  })
})

describe('what is asked live', () => {
  it('shows profile, boards and sections, and remembers when it was used', async () => {
    const id = await ana.connect()
    const profile = await ana.api('GET', `/connections/${id}/profile`)
    expect(profile.body).toMatchObject({
      username: 'fernandbloom',
      name: 'Fern & Bloom',
      avatarUrl: `/api/v1/connections/${id}/avatar?workspace=${ana.workspaceId}`,
    })
    const boards = await ana.api('GET', `/connections/${id}/destinations`)
    expect(boards.body.items.length).toBeGreaterThan(1)
    const withSections = await firstWithSections(id, boards.body.items)
    expect(withSections.length).toBeGreaterThan(0)
    const [connection] = await connectionsOf(ana)
    expect(connection?.lastUsedAt).not.toBeNull()
  })

  async function firstWithSections(id: string, boards: { id: string }[]) {
    for (const board of boards) {
      const path = `/connections/${id}/destinations/${board.id}/children`
      const { body } = await ana.api('GET', path)
      if (body.items.length > 0) return body.items
    }
    return []
  }

  it('asks for the profile once for a page that shows it and the picture', async () => {
    const id = await ana.connect('harbourbakery')
    const before = await exchanges(app, '/user_account')
    for (let turn = 0; turn < 3; turn += 1) await ana.api('GET', `/connections/${id}/profile`)
    const { body } = await ana.api('GET', `/connections/${id}/profile`)
    await ana.get(body.avatarUrl)
    expect((await exchanges(app, '/user_account')) - before).toBe(1)
  })

  it('passes the picture through to members only', async () => {
    const id = await ana.connect()
    const path = `/api/v1/connections/${id}/avatar?workspace=${ana.workspaceId}`
    const picture = await ana.get(path)
    expect(picture.status).toBe(200)
    expect(picture.headers.get('content-type')).toBe('image/jpeg')
    expect(picture.headers.get('cache-control')).toBe('private, max-age=300')
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff')
    const ben = await newPerson(app, 'Ben')
    expect((await ben.get(path)).status).toBe(404)
    const own = `/api/v1/connections/${id}/avatar?workspace=${ben.workspaceId}`
    expect((await ben.get(own)).status).toBe(404)
    expect((await ana.get(path, '')).status).toBe(401)
    expect((await ana.get('/api/v1/connections/x/avatar')).status).toBe(404)
  })

  it('refuses every connection of another workspace', async () => {
    const ben = await newPerson(app, 'Ben')
    const id = await ben.connect()
    const calls: [string, string, object?][] = [
      ['PATCH', `/connections/${id}`, { label: 'Mine' }],
      ['DELETE', `/connections/${id}`],
      ['GET', `/connections/${id}/profile`],
      ['GET', `/connections/${id}/destinations`],
      ['GET', `/connections/${id}/destinations/1/children`],
    ]
    for (const [method, path, body] of calls) {
      expect((await ana.api(method, path, body)).status, `${method} ${path}`).toBe(404)
    }
    expect((await rowOf(id)).status).toBe('active')
  })

  it('tells what the network answered, in words and with the right status', async () => {
    const id = await ana.connect()
    const path = `/connections/${id}/destinations`
    await fault(app, 'GET /boards', 'refuse')
    expect((await ana.api('GET', path)).status).toBe(502)
    await fault(app, 'GET /boards', 'rate-limit', { reset: 30 })
    const limited = await ana.api('GET', path)
    expect(limited.status).toBe(429)
    expect(limited.body.error.details.retryAfterSeconds).toBeGreaterThan(25)
    expect((await ana.api('GET', `${path}/no-id/children`)).status).toBe(422)
    expect((await ana.api('GET', `${path}/1/children`)).status).toBe(422)
    await fault(app, 'GET /boards', 'scope-lost', { scope: 'boards:read' })
    const lost = await ana.api('GET', path)
    expect(lost.status).toBe(422)
    const [connection] = await connectionsOf(ana)
    expect(connection).toMatchObject({ status: 'needs_sign_in', can: { publish: { ok: false } } })
    expect(connection?.statusWords).toContain('permission')
  })
})

describe('disconnecting', () => {
  it('destroys tokens and key, and says so and what is left in a receipt', async () => {
    const id = await ana.connect()
    await ana.api('PATCH', `/connections/${id}`, { label: 'The shop' })
    await ana.api('PATCH', '/workspace', { defaultConnectionId: id })
    const pending = await ana.consent({ connectionId: id })
    const { status, body: receipt } = await ana.api('DELETE', `/connections/${id}`)
    expect(status).toBe(200)
    expect(receipt).toMatchObject({ kind: 'connection.disconnected', subject: 'The shop' })
    const outcomes = receipt.lines.map(({ outcome }: { outcome: string }) => outcome)
    expect(outcomes).toEqual(expect.arrayContaining(['stopped', 'destroyed', 'kept', 'told']))
    expect(JSON.stringify(receipt.lines)).toContain('Connected apps')

    const row = await rowOf(id)
    expect(row).toMatchObject({
      status: 'revoked',
      access_token: null,
      refresh_token: null,
      default_destination_id: null,
    })
    const keys = await app.admin.query('select from vault_keys where owner_id = $1', [id])
    expect(keys.rowCount).toBe(0)
    const workspace = await ana.api('GET', '/workspace')
    expect(workspace.body.defaultConnectionId).toBeNull()
    expect(await eventsOf(id)).toContain('connection.revoked')
    const receipts = await ana.api('GET', '/receipts')
    expect(receipts.body.items).toEqual([receipt])

    const [connection] = await connectionsOf(ana)
    expect(connection).toMatchObject({ id, status: 'revoked', can: { disconnect: { ok: false } } })
    expect((await ana.api('DELETE', `/connections/${id}`)).status).toBe(409)
    expect((await ana.api('GET', `/connections/${id}/profile`)).status).toBe(422)
    // A consent that was under way for it leads nowhere.
    expect(errorIn(await ana.comeBack(pending))).toBe('state')
    // The account can be connected again, on its old row.
    expect(await ana.connect()).toBe(id)
    expect((await ana.api('GET', `/connections/${id}/profile`)).status).toBe(200)
  })
})

describe('what is kept and told', () => {
  it('holds nothing of the account but its id, and no token anywhere', async () => {
    const id = await ana.connect('oakandiron')
    await ana.api('GET', `/connections/${id}/profile`)
    const { body } = await ana.api('GET', `/connections/${id}/destinations`)
    await fault(app, 'GET /boards', 'token-expired')
    await ana.api('GET', `/connections/${id}/destinations`)
    await moveDays(app, 1)
    await app.drain()

    const stored = await dump(app)
    expect(stored).toContain(await accountId(app, 'oakandiron'))
    const ofTheNetwork = [
      'oakandiron',
      'Oak & Iron',
      ...body.items.flatMap((board: { id: string; name: string }) => [board.id, board.name]),
    ]
    for (const text of ofTheNetwork) expect(stored.includes(text), text).toBe(false)
    const logged = app.logged.join('\n')
    for (const token of [/pina_\w/, /pinr\.1\.\w/]) {
      expect(stored).not.toMatch(token)
      expect(logged).not.toMatch(token)
      expect(app.said.join('\n')).not.toMatch(token)
    }
    expect(logged).not.toMatch(/[?&](?:code|state)=(?!\[redacted\])/)
  })
})
