import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { APP, PUBLISHING, REDIRECT, TestWorld } from '../../test-kit.ts'

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.start()
})
beforeEach(() => world.control('POST', '/reset'))
afterAll(() => world.close())

const consentQuery = (change: Record<string, string> = {}) =>
  new URLSearchParams({
    client_id: APP.id,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: PUBLISHING.join(','),
    state: 's-1',
    ...change,
  })

async function decide(decision: string, scopes = PUBLISHING, query = consentQuery()) {
  const account = world.sandbox.world.pinterest.account('harbourbakery')?.id ?? ''
  const form = new URLSearchParams({ account, decision })
  for (const scope of scopes) form.append('scope', scope)
  const reply = await world.fetch(`/www.pinterest.com/oauth/?${query}`, {
    method: 'POST',
    body: form,
  })
  return { status: reply.status, location: new URL(reply.headers.get('location') ?? 'x:') }
}

async function newCode(scopes = PUBLISHING): Promise<string> {
  return (await decide('allow', scopes)).location.searchParams.get('code') ?? ''
}

const redeem = (code: string, redirect_uri = REDIRECT) =>
  world.token({ grant_type: 'authorization_code', code, redirect_uri })

describe('consent', () => {
  it('shows the app, every account and each scope in words', async () => {
    const { status, text } = await world.fetch(`/www.pinterest.com/oauth/?${consentQuery()}`)
    expect(status).toBe(200)
    for (const words of ['Avow', 'Fern &amp; Bloom', 'Harbour Bakery', 'Oak &amp; Iron']) {
      expect(text).toContain(words)
    }
    expect(text).toContain('Create, update, or delete your public Pins')
  })

  it('sends the code and the state back when allowed', async () => {
    const { status, location } = await decide('allow')
    expect(status).toBe(303)
    expect(location.origin + location.pathname).toBe(REDIRECT)
    expect(location.searchParams.get('state')).toBe('s-1')
    expect(location.searchParams.get('code')).toHaveLength(40)
  })

  it('says access_denied when denied and server_error when the network fails', async () => {
    const denied = (await decide('deny')).location.searchParams
    expect(Object.fromEntries(denied)).toMatchObject({ error: 'access_denied', state: 's-1' })
    expect((await decide('fail')).location.searchParams.get('error')).toBe('server_error')
  })

  it.each([
    ['an unknown app', { client_id: 'nobody' }],
    ['an address elsewhere', { redirect_uri: 'https://evil.example/cb' }],
    ['an address without a web scheme', { redirect_uri: 'javascript:alert(1)//localhost' }],
    ['an unknown scope', { scope: 'pins:read,pins:everything' }],
    ['no scope', { scope: '' }],
    ['another response type', { response_type: 'token' }],
  ])('refuses %s on the page and redirects nowhere', async (_name, change) => {
    const reply = await world.fetch(`/www.pinterest.com/oauth/?${consentQuery(change)}`)
    expect(reply.status).toBe(400)
    expect((await decide('allow', PUBLISHING, consentQuery(change))).status).toBe(400)
  })

  it('holds an app with registered addresses to exactly these', async () => {
    await world.control('PATCH', `/pinterest/apps/${APP.id}`, { redirectUris: [`${REDIRECT}/x`] })
    expect((await decide('allow')).status).toBe(400)
  })
})

describe('token', () => {
  it('opens the chosen account with the life times of the vendor', async () => {
    const { status, body } = await redeem(await newCode())
    expect(status).toBe(200)
    expect(body).toMatchObject({
      token_type: 'bearer',
      expires_in: 2592000,
      refresh_token_expires_in: 5184000,
      response_type: 'authorization_code',
      scope: PUBLISHING.join(' '),
    })
    const me = await world.api(String(body.access_token), 'GET', '/user_account')
    expect(me.body).toMatchObject({ username: 'harbourbakery', account_type: 'BUSINESS' })
  })

  it('gives only the scopes that were left in', async () => {
    const { body } = await redeem(await newCode(['boards:read']))
    expect(body.scope).toBe('boards:read')
    const refused = await world.api(String(body.access_token), 'GET', '/user_account')
    expect(refused.status).toBe(403)
    expect(refused.body.code).toBe(3)
    expect(refused.body.message).toContain('user_accounts:read')
  })

  it('takes a code once, and closes what it opened when it comes again', async () => {
    const code = await newCode()
    const first = await redeem(code)
    expect((await redeem(code)).status).toBe(400)
    const token = String(first.body.access_token)
    expect((await world.api(token, 'GET', '/user_account')).status).toBe(401)
  })

  it('refuses a code after ten minutes, and with another redirect_uri', async () => {
    const late = await newCode()
    await world.control('POST', '/clock', { advanceMs: 10 * 60_000 })
    expect((await redeem(late)).status).toBe(400)
    expect((await redeem(await newCode(), `${REDIRECT}?x=1`)).status).toBe(400)
  })

  it('wants Basic credentials and a form body', async () => {
    const form = {
      grant_type: 'authorization_code',
      code: await newCode(),
      redirect_uri: REDIRECT,
    }
    const wrong = await world.token(form, { authorization: `Basic ${btoa(`${APP.id}:wrong`)}` })
    expect([wrong.status, wrong.body.code]).toEqual([401, 2])
    const asJson = await world.fetch('/api.pinterest.com/v5/oauth/token', {
      method: 'POST',
      headers: { authorization: APP.basic, 'content-type': 'application/json' },
      body: JSON.stringify(form),
    })
    expect(asJson.status).toBe(401)
    const extra = await world.token({ ...form, client_id: APP.id })
    expect([extra.status, extra.body.code]).toEqual([400, 1])
  })

  it('expires access after 30 days and refreshes to a new pair', async () => {
    const { body } = await redeem(await newCode())
    await world.control('POST', '/clock', { advanceMs: 30 * 86_400_000 + 1000 })
    const old = String(body.access_token)
    const refused = await world.api(old, 'GET', '/user_account')
    expect([refused.status, refused.body.code]).toEqual([401, 2])
    const fresh = await world.token({
      grant_type: 'refresh_token',
      refresh_token: String(body.refresh_token),
    })
    expect(fresh.body).toMatchObject({ response_type: 'refresh_token', token_type: 'bearer' })
    expect(fresh.body.refresh_token).not.toBe(body.refresh_token)
    const me = await world.api(String(fresh.body.access_token), 'GET', '/user_account')
    expect(me.status).toBe(200)
  })

  it('refuses a refresh token after 60 days', async () => {
    const { body } = await redeem(await newCode())
    await world.control('POST', '/clock', { advanceMs: 60 * 86_400_000 + 1000 })
    const refresh_token = String(body.refresh_token)
    expect((await world.token({ grant_type: 'refresh_token', refresh_token })).status).toBe(401)
  })

  it.each([
    ['refused', 401, 200],
    ['accepted', 200, 200],
    ['family-dies', 401, 401],
  ])(
    'with used refresh tokens %s, answers %i and leaves the access token at %i',
    async (usedRefreshToken, again, access) => {
      await world.control('PATCH', `/pinterest/apps/${APP.id}`, { usedRefreshToken })
      const { body } = await redeem(await newCode())
      const refresh_token = String(body.refresh_token)
      const fresh = await world.token({ grant_type: 'refresh_token', refresh_token })
      expect((await world.token({ grant_type: 'refresh_token', refresh_token })).status).toBe(again)
      const me = await world.api(String(fresh.body.access_token), 'GET', '/user_account')
      expect(me.status).toBe(access)
    },
  )

  it('narrows scopes at a refresh and never widens them', async () => {
    const { body } = await redeem(await newCode(['boards:read', 'pins:read']))
    const refresh_token = String(body.refresh_token)
    const wider = await world.token({
      grant_type: 'refresh_token',
      refresh_token,
      scope: 'ads:read',
    })
    expect(wider.status).toBe(400)
    const less = await world.token({
      grant_type: 'refresh_token',
      refresh_token,
      scope: 'pins:read',
    })
    expect(less.body.scope).toBe('pins:read')
  })

  it('does not revoke a person’s token by API', async () => {
    const { body } = await redeem(await newCode())
    const reply = await world.fetch('/api.pinterest.com/v5/oauth/token/revoke', {
      method: 'POST',
      headers: { authorization: APP.basic },
      body: new URLSearchParams({ token: String(body.access_token) }),
    })
    expect([reply.status, reply.body.code]).toEqual([403, 29])
  })

  it('ends every token when the person removes the app', async () => {
    const token = await world.grant('harbourbakery')
    await world.control('POST', '/pinterest/accounts/harbourbakery/revoke')
    expect((await world.api(token, 'GET', '/boards')).body).toEqual({
      code: 2,
      message: 'Authentication failed.',
    })
  })
})
