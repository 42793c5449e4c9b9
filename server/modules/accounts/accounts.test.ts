import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../platform/database.ts'
import {
  type AccountsApp,
  Browser,
  confirm,
  newOwner,
  newPerson,
  origin,
  password,
  startAccounts,
} from './accounts.fixture.ts'

let app: AccountsApp

beforeAll(async () => {
  app = await startAccounts()
}, 60_000)
afterAll(() => app?.stop())
// Everything here comes from one address; limits have their own tests.
beforeEach(async () => {
  await app.admin.query('truncate rate_limits')
})

const one = async (sql: string, values: unknown[] = []) =>
  (await app.admin.query(sql, values)).rows[0]
const day = 24 * 3600 * 1000

describe('an account', () => {
  it('is created, confirmed by mail, and only then signed in', async () => {
    const browser = new Browser(app)
    const email = 'ana@example.com'
    const wanted = {
      name: 'Ana',
      email: 'Ana@Example.com',
      password,
      callbackURL: '/new-workspace',
    }
    const made = await browser.post('/api/auth/sign-up/email', wanted)
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({ token: null, user: { email, emailVerified: false } })
    expect(browser.cookies.size).toBe(0)
    // Mails wait side by side: this one goes out before the next attempt asks for a newer one.
    expect((await app.mailTo(email))?.link).toContain('new-workspace')

    const early = await browser.post('/api/auth/sign-in/email', { email, password })
    expect(early).toMatchObject({ status: 403, body: { code: 'EMAIL_NOT_VERIFIED' } })
    // The library asks for the newer mail after it has answered.
    const newest = async () => (await app.mailTo(email))?.link
    await expect.poll(newest, { timeout: 10_000 }).not.toContain('new-workspace')

    const confirmed = await confirm(app, browser, email)
    expect(confirmed.status).toBe(302)
    expect(confirmed.headers.get('location')).toBe('/')
    const me = await browser.api('GET', '/me')
    expect(me.body).toMatchObject({ person: { email, name: 'Ana', emailVerified: true } })

    const old = await browser.api('GET', '/me')
    const cookies = new Map(browser.cookies)
    expect(old.status).toBe(200)
    expect((await browser.post('/api/auth/sign-out')).status).toBe(200)
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    expect((await browser.api('GET', '/me')).status).toBe(401)

    const log = await one('select array_agg(kind order by id) as kinds from security_events')
    expect(log.kinds).toEqual(
      expect.arrayContaining(['signed_up', 'email_confirmed', 'signed_in_link', 'signed_out']),
    )
  })

  it('goes on to where the person wanted, without keeping that path in clear', async () => {
    const browser = new Browser(app)
    const email = 'next@example.com'
    const callbackURL = '/invite?token=inv_secret'
    await browser.post('/api/auth/sign-up/email', { name: 'Next', email, password, callbackURL })
    const job = await one(
      "select data::text from pgboss.job where name = 'accounts.send-confirmation' order by created_on desc limit 1",
    )
    expect(job.data).not.toContain('inv_secret')
    expect((await confirm(app, browser, email)).headers.get('location')).toBe(callbackURL)
  })

  it('answers alike for an address that has an account and tells its owner alone', async () => {
    const person = await newPerson(app, 'Known')
    const stranger = new Browser(app)
    const taken = await stranger.post('/api/auth/sign-up/email', {
      name: 'Thief',
      email: person.email,
      password,
    })
    const fresh = await stranger.post('/api/auth/sign-up/email', {
      name: 'Thief',
      email: 'fresh@example.com',
      password,
    })
    expect(taken.status).toBe(fresh.status)
    expect(Object.keys(taken.body.user).sort()).toEqual(Object.keys(fresh.body.user).sort())
    expect((await app.mailTo(person.email))?.subject).toBe('You have an account already')
    const { name } = await one('select name from users where email = $1', [person.email])
    expect(name).toBe('Known')
  })

  it('is not taken beforehand by somebody who cannot read its mail', async () => {
    const email = 'victim@example.com'
    const attacker = new Browser(app)
    const theirs = { name: 'Attacker', email, password: 'attacker password' }
    await attacker.post('/api/auth/sign-up/email', theirs)
    const link = (await app.mailTo(email))?.link ?? ''
    const victim = new Browser(app)
    await victim.post('/api/auth/sign-up/email', { name: 'Victim', email, password })
    // The link of the first sign-up belongs to an account that is gone.
    expect((await victim.get(link)).headers.get('location')).toContain('error=')
    await confirm(app, victim, email)
    const tried = await attacker.post('/api/auth/sign-in/email', theirs)
    expect(tried.status).toBe(401)
    const mine = await victim.post('/api/auth/sign-in/email', { email, password })
    expect(mine.body.user.name).toBe('Victim')
  })

  it.each([
    ['a short password', { password: 'short pwd' }, 'PASSWORD_TOO_SHORT'],
    ['a long password', { password: 'x'.repeat(201) }, 'PASSWORD_TOO_LONG'],
    ['no address', { email: 'nobody' }, 'INVALID_EMAIL'],
    ['no name', { name: ' ' }, 'VALIDATION_ERROR'],
    ['an object for an address', { email: { $ne: '' } }, 'INVALID_EMAIL'],
  ])('is refused with %s', async (_what, wrong, code) => {
    const wanted = { name: 'X', email: 'x@example.com', password, ...wrong }
    const refused = await new Browser(app).post('/api/auth/sign-up/email', wanted)
    expect(refused).toMatchObject({ status: 400, body: { code } })
    expect(await one("select from users where email = 'x@example.com'")).toBeUndefined()
  })

  it('takes no field that was not asked for', async () => {
    const email = 'mass@example.com'
    await new Browser(app).post('/api/auth/sign-up/email', {
      name: 'Mass',
      email,
      password,
      id: '018f0000-0000-7000-8000-00000000000a',
      emailVerified: true,
      email_verified: true,
      image: 'https://tracker.example/x.png',
      createdAt: '2000-01-01T00:00:00Z',
      role: 'owner',
    })
    const row = await one('select * from users where email = $1', [email])
    expect(row).toMatchObject({ email_verified: false, image: null })
    expect(row.id).not.toContain('018f0000-0000')
    const person = await newPerson(app, 'Massive')
    await person.post('/api/auth/update-user', {
      name: 'Massive',
      email: 'other@example.com',
      emailVerified: false,
      image: 'https://tracker.example/x.png',
    })
    const after = await one('select * from users where email = $1', [person.email])
    expect(after).toMatchObject({ email_verified: true, image: null })
  })

  it('has no other doors than those that are used', async () => {
    const person = await newPerson(app, 'Doors')
    for (const path of ['delete-user', 'change-email', 'update-session', 'revoke-sessions']) {
      expect((await person.post(`/api/auth/${path}`)).status, path).toBe(404)
    }
    expect((await person.get('/api/auth/list-sessions')).status).toBe(404)
  })
})

describe('a password', () => {
  it('is kept as argon2id with its parameters, and hashed anew when they were weaker', async () => {
    const person = await newPerson(app, 'Hash')
    const stored = () =>
      one(
        'select m.password from sign_in_methods m join users u on u.id = m.user_id where email = $1',
        [person.email],
      )
    expect((await stored()).password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const weak = await hash(password, { algorithm: 2, memoryCost: 8192, timeCost: 1 })
    await app.admin.query('update sign_in_methods set password = $1 where password = $2', [
      weak,
      (await stored()).password,
    ])
    const { email } = person
    const wrong = await person.post('/api/auth/sign-in/email', { email, password: 'not this one' })
    expect(wrong.status).toBe(401)
    expect((await stored()).password).toBe(weak)
    expect((await person.post('/api/auth/sign-in/email', { email, password })).status).toBe(200)
    expect((await stored()).password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect((await person.post('/api/auth/sign-in/email', { email, password })).status).toBe(200)
  })

  it('that is wrong is answered like an unknown account, in words and in time', async () => {
    const person = await newPerson(app, 'Wrong')
    const browser = new Browser(app)
    const tries: Record<string, number[]> = { known: [], unknown: [] }
    const answers = new Set<string>()
    for (let round = 0; round < 8; round++) {
      for (const [who, email] of [
        ['known', person.email],
        ['unknown', `nobody${round}@example.com`],
      ] as const) {
        await app.admin.query('truncate rate_limits')
        const began = performance.now()
        const { status, body } = await browser.post('/api/auth/sign-in/email', {
          email,
          password: 'not this one',
        })
        tries[who]?.push(performance.now() - began)
        answers.add(JSON.stringify({ status, body }))
      }
    }
    expect([...answers]).toHaveLength(1)
    const median = (list: number[] = []) => [...list].sort((a, b) => a - b)[4] ?? 0
    const [known, unknown] = [median(tries.known), median(tries.unknown)]
    // Each takes a set time, in which the hash (tens of milliseconds) and the rest disappear.
    expect(Math.min(known, unknown)).toBeGreaterThan(390)
    expect(Math.abs(known - unknown)).toBeLessThan(100)
    const noted = await one(
      "select count(*)::int as n from security_events e join users u on u.id = e.user_id where email = $1 and kind = 'sign_in_failed'",
      [person.email],
    )
    expect(noted.n).toBe(8)
  }, 20_000)

  it('is reset by a link that works once and ends every sign-in', async () => {
    const person = await newPerson(app, 'Reset')
    const { email } = person
    const other = new Browser(app)
    await other.post('/api/auth/sign-in/email', { email, password })
    expect((await other.api('GET', '/me')).status).toBe(200)

    const stranger = new Browser(app)
    const asked = await stranger.post('/api/auth/request-password-reset', {
      email,
      redirectTo: '/reset',
    })
    const unknown = await stranger.post('/api/auth/request-password-reset', {
      email: 'unknown@example.com',
      redirectTo: '/reset',
    })
    expect(asked.body).toEqual(unknown.body)
    const mail = await app.mailTo(email)
    expect(mail?.subject).toBe('Choose a new password')
    const opened = await stranger.get(mail?.link ?? '')
    const page = new URL(opened.headers.get('location') ?? '', origin)
    expect(page.pathname).toBe('/reset')
    const token = page.searchParams.get('token') ?? ''
    const kept = await app.admin.query('select identifier, value from verifications')
    expect(JSON.stringify(kept.rows)).not.toContain(token)

    const change = { newPassword: 'another password', token }
    expect((await stranger.post('/api/auth/reset-password', change)).status).toBe(200)
    const again = await stranger.post('/api/auth/reset-password', change)
    expect(again).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })
    expect((await person.api('GET', '/me')).status).toBe(401)
    expect((await other.api('GET', '/me')).status).toBe(401)
    expect((await other.post('/api/auth/sign-in/email', { email, password })).status).toBe(401)
    const renewed = { email, password: 'another password' }
    expect((await other.post('/api/auth/sign-in/email', renewed)).status).toBe(200)
    expect((await app.mailTo(email))?.subject).toContain('Password reset')
  })

  it('link is too old after an hour', async () => {
    const { email } = await newPerson(app, 'Late')
    const browser = new Browser(app)
    await browser.post('/api/auth/request-password-reset', { email, redirectTo: '/reset' })
    const mail = await app.mailTo(email)
    await app.moveTime(61 * 60 * 1000)
    try {
      const opened = await browser.get(mail?.link ?? '')
      expect(opened.headers.get('location')).toContain('error=INVALID_TOKEN')
    } finally {
      await app.moveTime(-61 * 60 * 1000)
    }
  })

  it('is changed with the current one, which ends all other sign-ins and is told by mail', async () => {
    const person = await newPerson(app, 'Change')
    const { email } = person
    const other = new Browser(app)
    await other.post('/api/auth/sign-in/email', { email, password })
    const wanted = { currentPassword: 'not this one', newPassword: 'a newer password' }
    expect((await person.post('/api/auth/change-password', wanted)).status).toBe(400)
    const changed = await person.post('/api/auth/change-password', {
      ...wanted,
      currentPassword: password,
      revokeOtherSessions: false,
    })
    expect(changed.status).toBe(200)
    expect((await person.api('GET', '/me')).status).toBe(200)
    expect((await other.api('GET', '/me')).status).toBe(401)
    expect((await app.mailTo(email))?.subject).toContain('Password changed')
  })
})

describe('a session', () => {
  it('is a random cookie of which only the hash is stored', async () => {
    const person = await newPerson(app, 'Cookie')
    const cookie = person.cookies.get('avow.session_token') ?? ''
    const token = cookie.slice(0, cookie.indexOf('.'))
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const { rows } = await app.admin.query('select row_to_json(s)::text as row from sessions s')
    expect(rows.map(({ row }) => row).join()).not.toContain(token)
    const stored = await one(
      'select token from sessions s join users u on u.id = s.user_id where email = $1',
      [person.email],
    )
    const thief = new Browser(app)
    thief.cookies.set('avow.session_token', stored.token)
    expect((await thief.api('GET', '/me')).status).toBe(401)
  })

  it('cookie is closed to scripts and other sites', async () => {
    const { email } = await newPerson(app, 'Flags')
    const signedIn = await new Browser(app).post('/api/auth/sign-in/email', { email, password })
    const [line] = signedIn.headers.getSetCookie()
    expect(line).toMatch(/HttpOnly/i)
    expect(line).toMatch(/SameSite=Lax/i)
    expect(line).toMatch(/Path=\//i)
    expect(line).not.toMatch(/Domain/i)
  })

  it('cookie is bound to this host when the address is https', async () => {
    const { email } = await newPerson(app, 'Host')
    const database = openDatabase(app.databaseUrl, { size: 2, log: app.log })
    const url = 'https://avow.example.com'
    const config = { ...app.platform.config, url, secure: true }
    const second = await app.serve({ ...app.base, config, database })
    try {
      const browser = new Browser(second)
      const headers = { origin: url }
      const login = { email, password }
      const signedIn = await browser.call('POST', '/api/auth/sign-in/email', login, headers)
      const [line] = signedIn.headers.getSetCookie()
      expect(line).toMatch(/^__Host-avow\.session_token=/)
      expect(line).toMatch(/; Secure/)
      expect((await browser.api('GET', '/me')).body.person.email).toBe(email)
    } finally {
      await second.server.close()
      await database.close()
    }
  })

  it('ends 14 days after its last use, and after 60 days at the latest', async () => {
    const person = await newPerson(app, 'Idle')
    let moved = 0
    const move = async (days: number) => {
      moved += days
      await app.moveTime(days * day)
    }
    try {
      for (const days of [13, 13, 13, 13]) {
        await move(days)
        expect((await person.api('GET', '/me')).status).toBe(200)
      }
      await move(9)
      expect((await person.api('GET', '/me')).status).toBe(401)
      expect((await person.get('/api/auth/get-session')).body).toBeNull()
      const { email } = person
      await person.post('/api/auth/sign-in/email', { email, password })
      await move(15)
      expect((await person.api('GET', '/me')).status).toBe(401)
    } finally {
      await app.moveTime(-moved * day)
    }
  })

  it('is listed with the others and ended one by one, never another person’s', async () => {
    const person = await newPerson(app, 'List')
    const second = new Browser(app)
    await second.post('/api/auth/sign-in/email', { email: person.email, password })
    const { body } = await person.api('GET', '/me/sign-ins')
    expect(body.items).toHaveLength(2)
    const other = body.items.find((item: { current: boolean }) => !item.current)
    const stranger = await newPerson(app, 'Stranger')
    expect((await stranger.api('DELETE', `/me/sign-ins/${other.id}`)).status).toBe(404)
    expect((await person.api('DELETE', `/me/sign-ins/${other.id}`)).status).toBe(200)
    expect((await second.api('GET', '/me')).status).toBe(401)
    expect((await person.api('GET', '/me')).status).toBe(200)

    const log = await person.api('GET', '/me/security-log?limit=2')
    expect(log.body.items.map((item: { kind: string }) => item.kind)).toEqual([
      'sign_in_ended',
      'signed_in',
    ])
    const rest = await person.api('GET', `/me/security-log?limit=50&cursor=${log.body.nextCursor}`)
    expect(rest.body.items.map((item: { kind: string }) => item.kind)).toContain('signed_up')
  })

  it('changes nothing for a foreign page', async () => {
    const owner = await newOwner(app, 'Csrf')
    const name = { name: 'Taken over' }
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:4000.evil.example' },
      { origin: '', 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) {
      expect((await owner.api('PATCH', '/workspace', name, headers)).status).toBe(403)
      const path = '/api/auth/update-user'
      expect((await owner.call('POST', path, name, headers)).status).toBe(403)
      const { email } = owner
      const login = { email, password }
      const tried = await new Browser(app).call('POST', '/api/auth/sign-in/email', login, headers)
      expect(tried.status).toBe(403)
    }
    expect((await owner.api('GET', '/workspace')).body.name).toBe('Csrf’s workspace')
    const { status } = await owner.api('GET', '/workspace', undefined, {
      origin: 'https://evil.example',
    })
    expect(status).toBe(200)
  })
})

describe('tries', () => {
  it('at one account are limited, over a restart too, with the time to wait', async () => {
    const { email } = await newPerson(app, 'Limit')
    const browser = new Browser(app)
    const wrong = { email, password: 'not this one' }
    const tries = Array.from({ length: 10 }, () => browser.post('/api/auth/sign-in/email', wrong))
    for (const tried of tries) expect((await tried).status).toBe(401)
    // Another process with its own pool, as after a restart.
    const database = openDatabase(app.databaseUrl, { size: 2, log: app.log })
    const second = await app.serve({ ...app.base, database })
    try {
      for (const url of [second.url, app.url]) {
        const refused = await new Browser({ url }).post('/api/auth/sign-in/email', {
          email,
          password,
        })
        expect(refused.status).toBe(429)
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      }
      const stored = await app.admin.query('select key from rate_limits')
      expect(JSON.stringify(stored.rows)).not.toContain(email)
    } finally {
      await second.server.close()
      await database.close()
    }
  })

  it('are counted by address, whatever the client says of its own', async () => {
    const browser = new Browser(app)
    const tries = Array.from({ length: 62 }, (_, round) => {
      const wrong = { email: `many${round}@example.com`, password: '' }
      return browser.call('POST', '/api/auth/sign-in/email', wrong, {
        'x-forwarded-for': `198.51.100.${round}`,
        'x-avow-client-ip': `198.51.100.${round}`,
      })
    })
    const refused = (await Promise.all(tries)).filter(({ status }) => status === 429)
    expect(refused).toHaveLength(2)
  }, 20_000)

  it('for mails are limited by account', async () => {
    const { email } = await newPerson(app, 'Flood')
    const statuses: number[] = []
    for (let round = 0; round < 6; round++) {
      const asked = await new Browser(app).post('/api/auth/request-password-reset', { email })
      statuses.push(asked.status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  })
})
