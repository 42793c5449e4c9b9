import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { permissionsOf, type Role } from '../../../contract/accounts.ts'
import { Permission } from '../../../contract/base.ts'
import { scopeOf } from '../../platform/context.ts'
import { openDatabase } from '../../platform/database.ts'
import {
  type AccountsApp,
  Browser,
  newOwner,
  newPerson,
  password,
  startAccounts,
} from './accounts.fixture.ts'
import {
  createPerson,
  createWorkspace,
  memberNames,
  openSession,
  peopleToTell,
  removeDefaultConnection,
  workspaceIds,
  workspaceSettings,
} from './index.ts'

let app: AccountsApp

beforeAll(async () => {
  app = await startAccounts()
}, 60_000)
afterAll(() => app?.stop())
beforeEach(async () => {
  await app.admin.query('truncate rate_limits')
})

type Owner = Awaited<ReturnType<typeof newOwner>>

/** Another person who belongs to the workspace, by an invitation. */
async function join(owner: Owner, name: string, role: Exclude<Role, 'owner'>) {
  const person = await newPerson(app, name)
  const invited = await owner.api('POST', '/invitations', { email: person.email, role })
  expect(invited.status).toBe(201)
  const accepted = await person.api('POST', '/invitations/accept', {
    token: await tokenFor(person.email),
  })
  expect(accepted.status).toBe(200)
  person.workspaceId = owner.workspaceId
  const { body } = await owner.api('GET', '/members')
  const id: string = body.items.find((one: { email: string }) => one.email === person.email).id
  return Object.assign(person, { memberId: id })
}

async function tokenFor(email: string): Promise<string> {
  const mail = await app.mailTo(email)
  return new URL(mail?.link ?? '', 'http://x').searchParams.get('token') ?? ''
}

const ownMember = async (owner: Owner) => (await owner.api('GET', '/members')).body.items[0]

describe('a workspace', () => {
  it('is made, read and changed by its owner', async () => {
    const owner = await newOwner(app, 'Wilma')
    const { body } = await owner.api('GET', '/workspace')
    expect(body).toMatchObject({ timeZone: 'Europe/Amsterdam', weekStart: 1, role: 'owner' })
    expect(body.permissions).toEqual(Permission.options)
    const connection = randomUUID()
    const changes = { name: ' Bakery ', weekStart: 0, defaultConnectionId: connection }
    const changed = await owner.api('PATCH', '/workspace', changes)
    expect(changed.body).toMatchObject({
      name: 'Bakery',
      weekStart: 0,
      timeZone: 'Europe/Amsterdam',
      defaultConnectionId: connection,
    })
    const me = await owner.api('GET', '/me')
    expect(me.body.workspaces).toEqual([
      expect.objectContaining({ name: 'Bakery', role: 'owner', weekStart: 0 }),
    ])
  })

  it.each([
    { timeZone: 'Mars/Olympus' },
    { timeZone: "UTC'; drop table users; --" },
    { weekStart: 7 },
    { name: '' },
    { name: 'x'.repeat(81) },
    { defaultConnectionId: 'none' },
  ])('refuses %j and stays as it is', async (wrong) => {
    const owner = await newOwner(app, 'Wrong')
    const before = (await owner.api('GET', '/workspace')).body
    expect((await owner.api('PATCH', '/workspace', wrong)).status).toBe(400)
    expect((await owner.api('GET', '/workspace')).body).toEqual(before)
  })

  it('takes no field that was not asked for', async () => {
    const owner = await newOwner(app, 'Mass')
    await owner.api('PATCH', '/workspace', {
      name: 'Still mine',
      id: randomUUID(),
      sample: true,
      createdAt: '2000-01-01T00:00:00Z',
      role: 'viewer',
      workspaceId: randomUUID(),
      __proto__: { sample: true },
    })
    const { rows } = await app.admin.query('select * from workspaces where id = $1', [
      owner.workspaceId,
    ])
    expect(rows).toMatchObject([{ name: 'Still mine', sample: false }])
  })

  it('is unknown to everybody who does not belong to it', async () => {
    const mine = await newOwner(app, 'Mine')
    const theirs = await newOwner(app, 'Theirs')
    const member = await ownMember(theirs)
    const invited = await theirs.api('POST', '/invitations', {
      email: 'third@example.com',
      role: 'viewer',
    })
    const key = await theirs.api('POST', '/api-keys', { name: 'Key', permissions: ['read'] })
    const foreign: [string, string, unknown?][] = [
      ['PATCH', `/members/${member.id}`, { role: 'viewer' }],
      ['DELETE', `/members/${member.id}`],
      ['DELETE', `/invitations/${invited.body.id}`],
      ['DELETE', `/api-keys/${key.body.id}`],
    ]
    // Their ids from inside my workspace.
    for (const [method, path, body] of foreign) {
      expect((await mine.api(method, path, body)).status, path).toBe(404)
    }
    // Their workspace, with my session.
    mine.workspaceId = theirs.workspaceId
    for (const [method, path, body] of [
      ...foreign,
      ['GET', '/workspace'] as const,
      ['PATCH', '/workspace', { name: 'Mine now' }] as const,
      ['GET', '/members'] as const,
      ['GET', '/invitations'] as const,
      ['POST', '/invitations', { email: 'a@example.com', role: 'admin' }] as const,
      ['GET', '/api-keys'] as const,
      ['POST', '/api-keys', { name: 'Key', permissions: ['read'] }] as const,
    ]) {
      expect((await mine.api(method, path, body)).status, `${method} ${path}`).toBe(404)
    }
    expect((await theirs.api('GET', '/workspace')).body.name).toBe('Theirs’s workspace')
    expect((await theirs.api('GET', '/members')).body.items).toHaveLength(1)
    expect((await theirs.api('GET', '/invitations')).body.items).toHaveLength(1)
    expect((await theirs.api('GET', '/api-keys')).body.items).toHaveLength(1)
  })

  it('is closed in the database too: seen from inside, and by its own people', async () => {
    const mine = await newOwner(app, 'Inside')
    const theirs = await newOwner(app, 'Outside')
    const { id: personId } = (await mine.api('GET', '/me')).body.person
    const { database } = app.platform
    const names = (run: typeof database.global) =>
      run(async (tx) =>
        (await tx.execute(sql`select name from workspaces`)).rows.map((r) => r.name),
      )
    expect(await names(database.global)).toEqual([])
    expect(await names((run) => database.person(personId, run))).toEqual(['Inside’s workspace'])
    expect(await names((run) => database.workspace(theirs.workspaceId ?? '', run))).toEqual([
      'Outside’s workspace',
    ])
    const written = database.person(personId, (tx) =>
      tx.execute(sql`update workspaces set name = 'x'`),
    )
    await expect(written).rejects.toThrow()
  })
})

describe('members', () => {
  it('may exactly what their role says', async () => {
    const owner = await newOwner(app, 'Roles')
    for (const role of ['admin', 'editor', 'approver', 'viewer'] as const) {
      const person = await join(owner, `R${role}`, role)
      const { body } = await person.api('GET', '/workspace')
      expect(body).toMatchObject({ role, permissions: permissionsOf[role] })
      const manages = role === 'admin'
      for (const [method, path, given, done] of [
        ['GET', '/members', undefined, 200],
        ['PATCH', '/workspace', { weekStart: 1 }, manages ? 200 : 403],
        ['GET', '/invitations', undefined, manages ? 200 : 403],
        [
          'POST',
          '/invitations',
          { email: `${role}x@example.com`, role: 'viewer' },
          manages ? 201 : 403,
        ],
        ['GET', '/api-keys', undefined, manages ? 200 : 403],
        ['POST', '/api-keys', { name: 'K', permissions: ['read'] }, manages ? 201 : 403],
      ] as const) {
        const { status } = await person.api(method, path, given)
        expect(status, `${role} ${method} ${path}`).toBe(done)
      }
    }
  }, 20_000)

  it('keep at least one owner, and only owners make owners', async () => {
    const owner = await newOwner(app, 'Last')
    const self = await ownMember(owner)
    const admin = await join(owner, 'Admin', 'admin')
    expect((await owner.api('PATCH', `/members/${self.id}`, { role: 'admin' })).status).toBe(403)
    expect((await owner.api('DELETE', `/members/${self.id}`)).status).toBe(403)
    expect((await admin.api('DELETE', `/members/${self.id}`)).status).toBe(403)
    expect((await admin.api('PATCH', `/members/${self.id}`, { role: 'viewer' })).status).toBe(403)
    const raise = { role: 'owner' }
    expect((await admin.api('PATCH', `/members/${admin.memberId}`, raise)).status).toBe(403)
    expect((await owner.api('PATCH', `/members/${admin.memberId}`, raise)).status).toBe(200)

    // Two owners who both step down at the same moment: one stays.
    const down = { role: 'admin' }
    const both = await Promise.all([
      owner.api('PATCH', `/members/${self.id}`, down),
      admin.api('PATCH', `/members/${admin.memberId}`, down),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
  })

  it('who are removed have nothing left there, nor have their keys', async () => {
    const owner = await newOwner(app, 'Remover')
    const admin = await join(owner, 'Removed', 'admin')
    const { body } = await admin.api('POST', '/api-keys', { name: 'K', permissions: ['read'] })
    const program = new Browser(app)
    const headers = { authorization: `Bearer ${body.key}` }
    expect((await program.api('GET', '/members', undefined, headers)).status).toBe(200)
    expect((await owner.api('DELETE', `/members/${admin.memberId}`)).status).toBe(200)
    expect((await admin.api('GET', '/members')).status).toBe(404)
    expect((await program.api('GET', '/members', undefined, headers)).status).toBe(401)
  })
})

describe('an invitation', () => {
  it('says who invites to what, works once, for the invited person only', async () => {
    const owner = await newOwner(app, 'Inviter')
    const guest = await newPerson(app, 'Guest')
    const stranger = await newPerson(app, 'Other')
    const email = guest.email.toUpperCase()
    const made = await owner.api('POST', '/invitations', { email, role: 'editor' })
    expect(made.body).toMatchObject({ email: guest.email, role: 'editor', invitedBy: 'Inviter' })
    const token = await tokenFor(guest.email)
    expect(token).toMatch(/^inv_/)
    const { rows } = await app.admin.query(
      'select row_to_json(t)::text as row from public_tokens t',
    )
    expect(rows.map(({ row }) => row).join()).not.toContain(token)
    const jobs = await app.admin.query('select data::text from pgboss.job')
    expect(JSON.stringify(jobs.rows)).not.toContain(token)

    const shown = await new Browser(app).api('POST', '/invitations/show', { token })
    expect(shown.body).toEqual({
      workspace: 'Inviter’s workspace',
      role: 'editor',
      invitedBy: 'Inviter',
      email: guest.email,
    })
    const accept = '/invitations/accept'
    expect((await new Browser(app).api('POST', accept, { token })).status).toBe(401)
    expect((await stranger.api('POST', accept, { token })).status).toBe(403)
    const twice = await Promise.all([
      guest.api('POST', accept, { token }),
      guest.api('POST', accept, { token }),
    ])
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 410])
    expect((await guest.api('POST', accept, { token })).status).toBe(410)
    const { body } = await owner.api('GET', '/members')
    expect(body.items.map((one: { role: string }) => one.role)).toEqual(['owner', 'editor'])
    const again = await owner.api('POST', '/invitations', { email, role: 'viewer' })
    expect(again.status).toBe(409)
  })

  it('is replaced by the next, ends when withdrawn, and after seven days', async () => {
    const owner = await newOwner(app, 'Replacer')
    const guest = await newPerson(app, 'Patient')
    const { email } = guest
    const invite = async (role: Role) => {
      const { body } = await owner.api('POST', '/invitations', { email, role })
      return { id: body.id, token: await tokenFor(email) }
    }
    const statusOf = async (token: string) =>
      (await new Browser(app).api('POST', '/invitations/show', { token })).status
    const first = await invite('viewer')
    const second = await invite('approver')
    expect([await statusOf(first.token), await statusOf(second.token)]).toEqual([410, 200])
    expect((await owner.api('GET', '/invitations')).body.items).toHaveLength(1)
    expect((await owner.api('DELETE', `/invitations/${second.id}`)).status).toBe(200)
    expect(await statusOf(second.token)).toBe(410)
    const third = await invite('viewer')
    const week = 7 * 24 * 3600 * 1000 + 1000
    await app.moveTime(week)
    try {
      expect(await statusOf(third.token)).toBe(410)
      expect((await owner.api('GET', '/invitations')).body.items).toEqual([])
    } finally {
      await app.moveTime(-week)
    }
  })

  it('never makes an owner', async () => {
    const owner = await newOwner(app, 'NoOwner')
    const wanted = { email: 'boss@example.com', role: 'owner' }
    expect((await owner.api('POST', '/invitations', wanted)).status).toBe(400)
  })

  it('is made once for one Idempotency-Key', async () => {
    const owner = await newOwner(app, 'Once')
    const wanted = { email: 'once@example.com', role: 'viewer' }
    const headers = { 'idempotency-key': 'same' }
    const first = await owner.api('POST', '/invitations', wanted, headers)
    const second = await owner.api('POST', '/invitations', wanted, headers)
    expect(second.body).toEqual(first.body)
  })
})

describe('an API key', () => {
  const withKey = (key: string) => ({ authorization: `Bearer ${key}` })

  it('is shown once, holds what it was given, and stops when it is revoked', async () => {
    const owner = await newOwner(app, 'Keys')
    const wanted = { name: 'Script', permissions: ['read', 'read'] }
    const made = await owner.api('POST', '/api-keys', wanted)
    expect(made.status).toBe(201)
    const { key, id } = made.body
    expect(key).toMatch(/^avk_[\w-]{43}$/)
    const listed = (await owner.api('GET', '/api-keys')).body.items
    expect(listed).toMatchObject([
      { name: 'Script', start: key.slice(0, 10), permissions: ['read'] },
    ])
    expect(JSON.stringify(listed)).not.toContain(key)
    const { rows } = await app.admin.query(
      'select row_to_json(k)::text as row from api_keys k union all select row_to_json(t)::text from public_tokens t',
    )
    expect(rows.map(({ row }) => row).join()).not.toContain(key)

    const program = new Browser(app)
    const used = await program.api('GET', '/workspace', undefined, withKey(key))
    expect(used.body).toMatchObject({ id: owner.workspaceId, role: null, permissions: ['read'] })
    expect(Object.fromEntries(used.headers)).toMatchObject({
      'ratelimit-limit': '600',
      'ratelimit-remaining': '599',
      'ratelimit-reset': expect.stringMatching(/^\d+$/),
    })
    for (const [method, path, body, status] of [
      ['PATCH', '/workspace', { weekStart: 0 }, 403],
      ['GET', '/invitations', undefined, 403],
      ['GET', '/api-keys', undefined, 403],
      ['GET', '/me', undefined, 401],
    ] as const) {
      expect((await program.api(method, path, body, withKey(key))).status, path).toBe(status)
    }
    const first = (await owner.api('GET', '/api-keys')).body.items[0]
    expect(first.lastUsedAt).not.toBeNull()

    expect((await owner.api('DELETE', `/api-keys/${id}`)).status).toBe(200)
    expect((await program.api('GET', '/workspace', undefined, withKey(key))).status).toBe(401)
  })

  it('speaks in its own workspace only', async () => {
    const mine = await newOwner(app, 'KeyMine')
    const theirs = await newOwner(app, 'KeyTheirs')
    const { key } = (await mine.api('POST', '/api-keys', { name: 'K', permissions: ['read'] })).body
    const named = { ...withKey(key), 'avow-workspace': theirs.workspaceId ?? '' }
    const refused = await new Browser(app).api('GET', '/workspace', undefined, named)
    expect(refused.status).toBe(404)
  })

  it('loses what its maker loses', async () => {
    const owner = await newOwner(app, 'Maker')
    const admin = await join(owner, 'Lowered', 'admin')
    const wanted = { name: 'K', permissions: ['read', 'workspace.manage'] }
    const { key } = (await admin.api('POST', '/api-keys', wanted)).body
    const program = new Browser(app)
    const change = () => program.api('PATCH', '/workspace', { weekStart: 0 }, withKey(key))
    expect((await change()).status).toBe(200)
    await owner.api('PATCH', `/members/${admin.memberId}`, { role: 'viewer' })
    expect((await change()).status).toBe(403)
  })

  it('ends on its day', async () => {
    const owner = await newOwner(app, 'Expiry')
    const wanted = { name: 'K', permissions: ['read'], expiresInDays: 1 }
    const { key } = (await owner.api('POST', '/api-keys', wanted)).body
    const program = new Browser(app)
    await app.moveTime(24 * 3600 * 1000 + 1000)
    try {
      const late = await program.api('GET', '/workspace', undefined, withKey(key))
      expect(late.status).toBe(401)
    } finally {
      await app.moveTime(-(24 * 3600 * 1000 + 1000))
    }
  })

  it('does not go together with a cookie', async () => {
    const owner = await newOwner(app, 'Both')
    const { key } = (await owner.api('POST', '/api-keys', { name: 'K', permissions: ['read'] }))
      .body
    expect((await owner.api('GET', '/workspace', undefined, withKey(key))).status).toBe(400)
  })

  it.each(['Bearer avk_nothing', 'Basic YTpi', 'Bearer ', 'Bearer inv_0123456789012345678901234'])(
    'is not “%s”',
    async (authorization) => {
      const refused = await new Browser(app).api('GET', '/workspace', undefined, { authorization })
      expect(refused.status).toBe(401)
    },
  )

  it('is not an invitation’s token, nor a session’s, nor the other way round', async () => {
    const owner = await newOwner(app, 'Confused')
    await owner.api('POST', '/invitations', { email: 'confused@example.com', role: 'viewer' })
    const invitation = await tokenFor('confused@example.com')
    const { key } = (await owner.api('POST', '/api-keys', { name: 'K', permissions: ['read'] }))
      .body
    const cookie = owner.cookies.get('avow.session_token') ?? ''
    const session = decodeURIComponent(cookie).split('.')[0] ?? ''
    const browser = new Browser(app)
    for (const token of [invitation, session, `avk_${session}`]) {
      const tried = await browser.api('GET', '/workspace', undefined, withKey(token))
      expect(tried.status).toBe(401)
    }
    for (const token of [key, session]) {
      const tried = await browser.api('POST', '/invitations/show', { token })
      expect(tried.status).toBe(410)
    }
    for (const token of [key, invitation]) {
      browser.cookies.set('avow.session_token', token)
      expect((await browser.api('GET', '/me')).status).toBe(401)
    }
  })

  it('answers 429 beyond 600 a minute, in every process and after a restart', async () => {
    const owner = await newOwner(app, 'Busy')
    const { key, id } = (await owner.api('POST', '/api-keys', { name: 'K', permissions: ['read'] }))
      .body
    const program = new Browser(app)
    await program.api('GET', '/workspace', undefined, withKey(key))
    // As if 599 more had been answered.
    await app.admin.query('update rate_limits set points = 600 where key like $1', [`%${id}%`])
    const database = openDatabase(app.databaseUrl, { size: 2, log: app.log })
    const second = await app.serve({ ...app.base, database })
    try {
      for (const url of [second.url, app.url]) {
        const refused = await new Browser({ url }).api('GET', '/workspace', undefined, withKey(key))
        expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } })
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
        expect(refused.headers.get('ratelimit-remaining')).toBe('0')
      }
    } finally {
      await second.server.close()
      await database.close()
    }
  })
})

describe('the front door', () => {
  it('makes a person and a workspace for others, and opens a session that the library knows', async () => {
    const { platform } = app
    const personId = await createPerson(platform, { name: 'Sam', email: 'Sam@Example.com' })
    expect(await createPerson(platform, { name: 'Sam 2', email: 'sam@example.com' })).toBe(personId)
    const row = await createWorkspace(platform, personId, {
      name: 'Sample',
      timeZone: 'UTC',
      weekStart: 1,
      sample: true,
    })
    const scope = scopeOf(platform, row.id)
    expect(await workspaceSettings(scope)).toEqual({
      name: 'Sample',
      timeZone: 'UTC',
      weekStart: 1,
      defaultConnectionId: null,
    })
    expect(await peopleToTell(scope, 'posts.publish')).toEqual([
      { personId, name: 'Sam', email: 'sam@example.com' },
    ])
    const names = await scope.tx((tx) => memberNames(tx, [personId, randomUUID()]))
    expect([...names]).toEqual([[personId, 'Sam']])
    const ids = await platform.database.global((tx) => workspaceIds(tx, undefined))
    expect(ids).toContain(row.id)
    expect(await platform.database.global((tx) => workspaceIds(tx, ids.at(-1)))).toEqual([])

    const browser = new Browser(app)
    await openSession(
      platform,
      {
        id: 'r',
        method: 'POST',
        headers: new Headers({ origin: platform.config.url }),
        ip: '127.0.0.1',
        answerHeader(_name, value) {
          const pair = value.slice(0, value.indexOf(';'))
          browser.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
        },
      },
      personId,
    )
    expect((await browser.api('GET', '/me')).body.person.name).toBe('Sam')
    expect((await browser.get('/api/auth/get-session')).body.user.email).toBe('sam@example.com')
    expect((await browser.post('/api/auth/sign-out')).status).toBe(200)
    expect((await browser.api('GET', '/me')).status).toBe(401)
  })

  it('forgets the default connection when it goes, and only that one', async () => {
    const owner = await newOwner(app, 'Default')
    const defaultConnectionId = randomUUID()
    await owner.api('PATCH', '/workspace', { defaultConnectionId })
    const scope = scopeOf(app.platform, owner.workspaceId ?? '')
    await scope.tx((tx) => removeDefaultConnection(tx, scope, randomUUID()))
    expect((await workspaceSettings(scope)).defaultConnectionId).toBe(defaultConnectionId)
    await scope.tx((tx) => removeDefaultConnection(tx, scope, defaultConnectionId))
    expect((await workspaceSettings(scope)).defaultConnectionId).toBeNull()
  })

  it('tells how to sign in here', async () => {
    const { body } = await new Browser(app).api('GET', '/start')
    expect(body).toEqual({ google: true, sandboxUrl: app.sandbox.url, sample: true })
  })
})

it('signs in with a password that has spaces and letters beyond ASCII', async () => {
  const email = 'unicode@example.com'
  const long = `  ${password} ñ 漢字 🙂 `
  const browser = new Browser(app)
  await browser.post('/api/auth/sign-up/email', { name: 'Uni', email, password: long })
  await browser.get((await app.mailTo(email))?.link ?? '')
  expect((await browser.post('/api/auth/sign-in/email', { email, password: long })).status).toBe(
    200,
  )
  const trimmed = await browser.post('/api/auth/sign-in/email', { email, password: long.trim() })
  expect(trimmed.status).toBe(401)
})
