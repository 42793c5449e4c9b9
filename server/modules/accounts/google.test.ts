import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AccountsApp, Browser, newPerson, origin, startAccounts } from './accounts.fixture.ts'

let app: AccountsApp

beforeAll(async () => {
  app = await startAccounts()
}, 60_000)
afterAll(() => app?.stop())
beforeEach(async () => {
  await app.admin.query('truncate rate_limits')
})

const maya = '110248495921238986420'
const iris = '102871136570044481932'

/** Begins at Avow, chooses a person on Google's page, and gives the address that leads back. */
async function chooseAtGoogle(browser: Browser, sub: string, path = '/api/auth/sign-in/social') {
  const began = await browser.post(path, {
    provider: 'google',
    callbackURL: '/home',
    errorCallbackURL: '/sign-in',
  })
  const consent = new URL(began.body.url)
  const chosen = await fetch(consent, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ sub }),
  })
  const back = new URL(chosen.headers.get('location') ?? '')
  return { consent, back, path: back.pathname + back.search }
}

const location = (answer: { headers: Headers }) =>
  new URL(answer.headers.get('location') ?? '', origin)

describe('sign-in with Google', () => {
  it('makes an account, and finds it again by its number at Google', async () => {
    const browser = new Browser(app)
    const { consent, back, path } = await chooseAtGoogle(browser, maya)
    expect(consent.href).toContain(`${app.sandbox.url}/accounts.google.com/`)
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(consent.searchParams.get(name)?.length, name).toBeGreaterThan(20)
    }
    expect(consent.searchParams.get('code_challenge_method')).toBe('S256')
    expect(`${back.origin}${back.pathname}`).toBe(`${origin}/api/auth/callback/google`)

    const done = await browser.get(path)
    expect(location(done).pathname + location(done).search).toBe('/home')
    const me = await browser.api('GET', '/me')
    expect(me.body.person).toMatchObject({
      name: 'Maya Lindqvist',
      email: 'maya.lindqvist@gmail.com',
      emailVerified: true,
    })
    const { rows } = await app.admin.query(
      'select m.* from sign_in_methods m join users u on u.id = m.user_id where u.email = $1',
      ['maya.lindqvist@gmail.com'],
    )
    expect(rows).toMatchObject([
      {
        provider_id: 'google',
        account_id: maya,
        access_token: null,
        refresh_token: null,
        id_token: null,
      },
    ])

    // Another address at Google is still the same person.
    const person = app.sandbox.world.google.people.get(maya)
    if (person) person.email = 'maya.renamed@gmail.com'
    const again = new Browser(app)
    await again.get((await chooseAtGoogle(again, maya)).path)
    expect((await again.api('GET', '/me')).body.person.id).toBe(me.body.person.id)
    if (person) person.email = 'maya.lindqvist@gmail.com'
    const ledger = await app.admin.query('select distinct host from egress_ledger')
    expect(ledger.rows.map(({ host }) => host).sort()).toEqual([
      'accounts.google.com',
      'oauth2.googleapis.com',
      'www.googleapis.com',
    ])
  })

  it('is refused when its state is used again, or comes to another browser', async () => {
    const browser = new Browser(app)
    const { path } = await chooseAtGoogle(browser, maya)
    const victim = new Browser(app)
    const login = await victim.get(path)
    expect(location(login).search).toContain('error=state_mismatch')
    expect((await victim.api('GET', '/me')).status).toBe(401)

    const cookies = new Map(browser.cookies)
    expect(location(await browser.get(path)).search).toBe('')
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    expect(location(await browser.get(path)).search).toContain('error=state_mismatch')
  })

  it('is refused when the identity was made for another nonce', async () => {
    const other = new Browser(app)
    const theirs = await chooseAtGoogle(other, maya)
    const browser = new Browser(app)
    const mine = await chooseAtGoogle(browser, maya)
    // Google answers with the nonce of another sign-in, all else being right.
    const { codes } = app.sandbox.world.google
    const code = codes.get(mine.back.searchParams.get('code') ?? '')
    if (!code) throw new Error('There is no such code')
    code.nonce = theirs.consent.searchParams.get('nonce')
    const done = await browser.get(mine.path)
    expect(location(done).search).toContain('error=unable_to_get_user_info')
    expect((await browser.api('GET', '/me')).status).toBe(401)
  })

  it('is refused with the code of another sign-in, by its PKCE challenge', async () => {
    const other = new Browser(app)
    const theirs = await chooseAtGoogle(other, maya)
    const browser = new Browser(app)
    const mine = await chooseAtGoogle(browser, maya)
    mine.back.searchParams.set('code', theirs.back.searchParams.get('code') ?? '')
    const done = await browser.get(mine.back.pathname + mine.back.search)
    expect(location(done).search).toContain('error=invalid_code')
  })

  it('makes neither an account nor a link out of an address that Google has not confirmed', async () => {
    const browser = new Browser(app)
    const done = await browser.get((await chooseAtGoogle(browser, iris)).path)
    expect(location(done).search).toBe('?error=google_email_unverified')
    const { rowCount } = await app.admin.query('select from users where email like $1', ['iris%'])
    expect(rowCount).toBe(0)
  })

  it('does not open an account that has the same address', async () => {
    const victim = await newPerson(app, 'Same')
    app.sandbox.world.google.people.set('42', {
      ...app.sandbox.world.google.people.get(maya)!,
      sub: '42',
      email: victim.email,
    })
    const browser = new Browser(app)
    const done = await browser.get((await chooseAtGoogle(browser, '42')).path)
    expect(location(done).search).toContain('error=account_not_linked')
    expect((await browser.api('GET', '/me')).status).toBe(401)

    // From a session of the account itself it is linked, told by mail, and opens it.
    const linked = await victim.get(
      (await chooseAtGoogle(victim, '42', '/api/auth/link-social')).path,
    )
    expect(location(linked).search).toBe('')
    expect((await app.mailTo(victim.email))?.subject).toContain('Google was added')
    const later = new Browser(app)
    await later.get((await chooseAtGoogle(later, '42')).path)
    const person = (await later.api('GET', '/me')).body.person
    expect(person.email).toBe(victim.email)
  })

  it('is not added from a browser that has been left open', async () => {
    const person = await newPerson(app, 'Left')
    const wanted = { provider: 'google', callbackURL: '/home' }
    const dayAndMore = 25 * 3600 * 1000
    await app.moveTime(dayAndMore)
    try {
      const refused = await person.post('/api/auth/link-social', wanted)
      expect(refused).toMatchObject({ status: 403, body: { code: 'SESSION_NOT_FRESH' } })
    } finally {
      await app.moveTime(-dayAndMore)
    }
    expect((await person.post('/api/auth/link-social', wanted)).status).toBe(200)
  })

  it('says so when the person declines', async () => {
    const browser = new Browser(app)
    const { path } = await chooseAtGoogle(browser, 'nobody')
    expect(location(await browser.get(path)).search).toContain('error=access_denied')
  })

  it('takes no identity from the page itself', async () => {
    const browser = new Browser(app)
    const began = await browser.post('/api/auth/sign-in/social', {
      provider: 'google',
      idToken: { token: 'a.b.c' },
      callbackURL: '/home',
    })
    // The field is dropped: it becomes an ordinary start.
    expect(began.body.url).toContain('/accounts.google.com/')
    expect((await browser.api('GET', '/me')).status).toBe(401)
  })

  it('leads to no other site', async () => {
    const refused = await new Browser(app).post('/api/auth/sign-in/social', {
      provider: 'google',
      callbackURL: 'https://evil.example/',
    })
    expect(refused.status).toBe(403)
  })
})
