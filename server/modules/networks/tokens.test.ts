import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { scopeOf } from '../../platform/context.ts'
import { openDatabase } from '../../platform/database.ts'
import { openJobs } from '../../platform/open-jobs.ts'
import { NetworkError } from './adapter.ts'
import {
  exchanges,
  fault,
  moveDays,
  type NetworksApp,
  newPerson,
  type Person,
  startNetworks,
} from './networks.fixture.ts'
import { renewAhead } from './renew-ahead.ts'
import { refusedToken, sessionFor, withToken } from './tokens.ts'

let app: NetworksApp
let ana: Person
let id: string
beforeAll(async () => {
  app = await startNetworks()
}, 90_000)
afterAll(() => app?.stop())
beforeEach(async () => {
  await app.sandbox('DELETE', '/faults')
  await setApp({ usedRefreshToken: 'family-dies' })
  ana = await newPerson(app, 'Ana')
  id = await ana.connect()
})

const setApp = (change: object) =>
  app.sandbox('PATCH', '/pinterest/apps/sandbox-pinterest-app', change)
const expire = () => app.sandbox('POST', '/pinterest/accounts/fernandbloom/expire')
const revoke = () => app.sandbox('POST', '/pinterest/accounts/fernandbloom/revoke')
const rowOf = async () =>
  (await app.admin.query('select * from connections where id = $1', [id])).rows[0]
const change = (assignments: string) =>
  app.admin.query(`update connections set ${assignments} where id = $1`, [id])
const boards = () =>
  withToken(ana.scope, id, (session, adapter) => adapter.places(session, undefined))
const kindOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: unknown) => (error instanceof NetworkError ? error.kind : String(error)),
  )

/** The same workspace as another process sees it: its own connections to the database. */
async function otherProcess(run: (scope: Person['scope']) => Promise<void>) {
  const { platform } = app
  const log = platform.log
  const url = new URL(app.adminUrl)
  const { username, password } = platform.database.pool.options as {
    username?: string
    password?: string
  }
  const given = (platform.database.pool.options as { connectionString?: string }).connectionString
  const database = openDatabase(given ?? Object.assign(url, { username, password }).href, {
    size: 10,
    log,
  })
  const jobs = openJobs(given ?? '', { log, supervise: false })
  await run(scopeOf({ ...platform, database, jobs }, ana.workspaceId))
  await jobs.stop(1000)
  await database.close()
}

describe('a refused token', () => {
  it('is exchanged once for fifty callers in two processes', async () => {
    await expire()
    await fault(app, 'POST /oauth/token', 'slow', { ms: 300, times: 10 })
    const before = await exchanges(app)
    await otherProcess(async (other) => {
      const calls = Array.from({ length: 50 }, (_, number) =>
        withToken(number % 2 ? ana.scope : other, id, (session, adapter) =>
          adapter.account(session),
        ),
      )
      const found = await Promise.all(calls)
      expect(new Set(found.map(({ username }) => username))).toEqual(new Set(['fernandbloom']))
    })
    expect((await exchanges(app)) - before).toBe(1)
    expect(await rowOf()).toMatchObject({
      token_version: 2,
      status: 'active',
      refreshing_until: null,
    })
  })

  it('is exchanged before use, round after round', async () => {
    for (let round = 0; round < 5; round += 1) {
      await expire()
      await Promise.all(Array.from({ length: 10 }, boards))
    }
    expect(await rowOf()).toMatchObject({ token_version: 6, status: 'active' })
  })

  it.each([
    ['refuse', { status: 500 }],
    ['refuse', { status: 503, body: 'html' }],
    ['refuse', { status: 400, body: 'html' }],
    ['rate-limit', {}],
    ['drop-before', {}],
  ])('keeps the connection when the exchange fails by %s %j', async (kind, more) => {
    await expire()
    await fault(app, 'POST /oauth/token', kind, more)
    const { token_version: version } = await rowOf()
    expect(await refusedToken(ana.scope, id, version)).toBe('try_later')
    expect(await rowOf()).toMatchObject({
      status: 'active',
      token_version: version,
      refreshing_until: null,
    })
    expect(await refusedToken(ana.scope, id, version)).toBe('refreshed')
    expect((await boards()).items.length).toBeGreaterThan(0)
  })

  it('makes no storm when the network is out of order', async () => {
    await expire()
    await fault(app, 'POST /oauth/token', 'refuse', { times: 100 })
    const before = await exchanges(app)
    const kinds = await Promise.all(Array.from({ length: 30 }, () => kindOf(boards())))
    expect(new Set(kinds)).toEqual(new Set(['retryable']))
    expect((await exchanges(app)) - before).toBeLessThan(10)
    expect((await rowOf()).status).toBe('active')
  })

  it('asks for a sign-in when the refresh token is refused too, and tells who can do it', async () => {
    await revoke()
    expect(await kindOf(boards())).toBe('reauthorise')
    expect(await rowOf()).toMatchObject({
      status: 'needs_sign_in',
      status_reason: expect.stringContaining('Sign in again'),
    })
    const { rows } = await app.admin.query(
      'select name from events where subject_id = $1 order by position',
      [id],
    )
    expect(rows.map(({ name }) => name)).toEqual([
      'connection.connected',
      'connection.needs_sign_in',
    ])
    await app.drain()
    const { body } = await app.sandbox('GET', '/mailbox')
    expect(JSON.stringify(body)).toContain('needs you to sign in again')
    const [connection] = (await ana.api('GET', '/connections')).body.items
    expect(connection).toMatchObject({ status: 'needs_sign_in', can: { publish: { ok: false } } })
    // Nothing is asked of the network while nobody signed in.
    const before = await exchanges(app)
    expect(await kindOf(boards())).toBe('reauthorise')
    expect(await exchanges(app)).toBe(before)
  })

  it('works again after signing in, and says so to publishing', async () => {
    await revoke()
    await kindOf(boards())
    const page = await ana.comeBack(await ana.consent({ connectionId: id }))
    expect(page.searchParams.get('connected')).toBe(id)
    expect((await boards()).items.length).toBeGreaterThan(0)
    const { rows } = await app.admin.query(
      "select data from pgboss.job where name = 'connection-restored'",
    )
    expect(rows.map(({ data }) => data)).toContainEqual({
      workspaceId: ana.workspaceId,
      connectionId: id,
    })
  })

  it('says that a token which was replaced meanwhile is no matter', async () => {
    const { token_version: version } = await rowOf()
    await ana.comeBack(await ana.consent({ connectionId: id }))
    const before = await exchanges(app)
    expect(await refusedToken(ana.scope, id, version)).toBe('refreshed')
    expect(await exchanges(app)).toBe(before)
  })
})

describe('a token that ends soon', () => {
  /** Of its thirty days, so much is left. */
  const endsIn = (left: string) =>
    change(
      `access_expires_at = now() + interval '${left}', tokens_issued_at = now() + interval '${left}' - interval '30 days'`,
    )

  it('is exchanged ahead of need', async () => {
    await endsIn('4 days')
    expect((await sessionFor(ana.scope, id)).tokenVersion).toBe(1)
    await endsIn('2 days')
    expect((await sessionFor(ana.scope, id)).tokenVersion).toBe(2)
    const left = (await rowOf()).access_expires_at.getTime() - Date.now()
    expect(left).toBeGreaterThan(29 * 86_400_000)
  })

  it('serves on while the network is out of order', async () => {
    await endsIn('2 days')
    await fault(app, 'POST /oauth/token', 'refuse')
    expect((await sessionFor(ana.scope, id)).tokenVersion).toBe(1)
    expect((await rowOf()).status).toBe('active')
  })

  it('does not wait for another process that exchanges it', async () => {
    await endsIn('2 days')
    await change("refreshing_until = now() + interval '1 hour'")
    expect((await sessionFor(ana.scope, id)).tokenVersion).toBe(1)
  })

  it('is taken over when whoever claimed it died', async () => {
    await change("access_expires_at = now(), refreshing_until = now() - interval '1 second'")
    expect((await sessionFor(ana.scope, id)).tokenVersion).toBe(2)
  })

  it('cannot be renewed without a refresh token', async () => {
    await change("refresh_token = null, access_expires_at = now() + interval '3 days'")
    const [expiring] = (await ana.api('GET', '/connections')).body.items
    expect(expiring).toMatchObject({ status: 'expiring', can: { publish: { ok: true } } })
    expect((await sessionFor(ana.scope, id)).tokenVersion).toBe(1)
    await change("access_expires_at = now() - interval '1 second'")
    expect(await kindOf(sessionFor(ana.scope, id))).toBe('reauthorise')
    expect((await rowOf()).status).toBe('needs_sign_in')
  })
})

describe('while tokens are exchanged', () => {
  it('a disconnect wins, and the new pair is not kept', async () => {
    await expire()
    await fault(app, 'POST /oauth/token', 'slow', { ms: 500 })
    const call = kindOf(boards())
    await expect.poll(async () => (await rowOf()).refreshing_until).not.toBeNull()
    expect((await ana.api('DELETE', `/connections/${id}`)).status).toBe(200)
    expect(await call).toBe('reauthorise')
    expect(await rowOf()).toMatchObject({
      status: 'revoked',
      access_token: null,
      refresh_token: null,
    })
    const keys = await app.admin.query('select from vault_keys where owner_id = $1', [id])
    expect(keys.rowCount).toBe(0)
  })

  it('a sign-in wins, and its pair stays', async () => {
    await expire()
    await fault(app, 'POST /oauth/token', 'slow', { ms: 500 })
    const call = boards()
    await expect.poll(async () => (await rowOf()).refreshing_until).not.toBeNull()
    await ana.comeBack(await ana.consent({ connectionId: id }))
    const signedIn = (await rowOf()).access_token
    expect((await call).items.length).toBeGreaterThan(0)
    expect((await rowOf()).access_token).toBe(signedIn)
  })
})

describe('a connection that nobody uses', () => {
  it('outlives its tokens by being renewed in time', async () => {
    const before = await exchanges(app)
    await renewAhead(app.platform)
    expect(await exchanges(app)).toBe(before)
    for (let turn = 0; turn < 3; turn += 1) {
      await moveDays(app, 51)
      await renewAhead(app.platform)
    }
    expect(await rowOf()).toMatchObject({ token_version: 4, status: 'active' })
    await ana.signIn()
    expect((await boards()).items.length).toBeGreaterThan(0)
  })

  it('is tried again when the network is out of order, and shown as expiring meanwhile', async () => {
    await moveDays(app, 55)
    await fault(app, 'POST /oauth/token', 'refuse', { times: 100 })
    await renewAhead(app.platform)
    await ana.signIn()
    const [connection] = (await ana.api('GET', '/connections')).body.items
    expect(connection.status).toBe('expiring')
    expect(connection.statusWords).toContain('Sign in again')
    await app.sandbox('DELETE', '/faults')
    await renewAhead(app.platform)
    expect((await ana.api('GET', '/connections')).body.items[0].status).toBe('active')
  })

  it('needs a sign-in once its refresh token ended', async () => {
    await moveDays(app, 61)
    await ana.signIn()
    const [connection] = (await ana.api('GET', '/connections')).body.items
    expect(connection.status).toBe('needs_sign_in')
    expect(await kindOf(boards())).toBe('reauthorise')
  })
})
