import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LocalTime, TimeZone } from '../contract/base.ts'
import { startBrowser } from '../e2e/browser.ts'
import { dump } from './modules/networks/networks.fixture.ts'
import { redactText } from './platform/redact.ts'
import { checkLink } from './platform/url-safety.ts'
import { inputs } from './route-inputs.fixture.ts'
import {
  type Asker,
  ask,
  headersOf,
  invitationFor,
  keyOf,
  ok,
  printOf,
  routes,
  send,
  startWorld,
  type World,
} from './two-workspaces.fixture.ts'

let world: World
let owner: Asker

beforeAll(async () => {
  world = await startWorld()
  owner = world.askers.find(({ name }) => name === 'owner') as Asker
  await world.app.drain()
}, 60_000)
afterAll(() => world?.stop())

const api = (method: string, path: string, body?: unknown) =>
  world.ours.owner.api(method, path, body)
const raw = (path: string, init: RequestInit) =>
  ask(`${world.app.url}/api/v1${path}`, {
    ...init,
    headers: { ...owner.headers, 'content-type': 'application/json', ...init.headers },
  })

async function egressCount(): Promise<number> {
  const { rows } = await world.app.admin.query('select count(*)::int as count from egress_ledger')
  return rows[0].count
}

describe('addresses that a person gives', () => {
  const hostile = [
    'http://127.0.0.1:5432/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:7f00:1]/',
    'http://2130706433/',
    'http://localhost:4100/_sandbox/state',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'http://metadata.google.internal/',
  ]

  it('are never asked by the server: a link of a post is text', async () => {
    const before = await egressCount()
    const logged = world.app.logged.length
    for (const link of hostile) {
      const { status, body } = await api('POST', '/posts', { title: 'T', body: 'B', link })
      expect(status).toBe(201)
      const check = await api('POST', '/posts/check', { link, postId: body.id })
      expect(check.status).toBe(200)
    }
    await world.app.drain()
    expect(await egressCount()).toBe(before)
    expect(world.app.logged.slice(logged).join('')).not.toMatch(/ECONNREFUSED|ENOTFOUND/)
  })

  it('that say where a pin is must be the network’s own, and are not asked either', async () => {
    const before = await egressCount()
    for (const url of [
      ...hostile.slice(0, 5),
      'https://pinterest.com.evil.example/pin/1/',
      'https://evil.example/pin/123/',
      'https://www.pinterest.com@evil.example/pin/123/',
    ]) {
      const input = await inputs['publishing.resolve']?.(world.ours, owner)
      const resolve = routes.find(({ name }) => name === 'publishing.resolve')
      if (!resolve) throw new Error('There is no such route')
      const { status, text } = await send(
        world.app,
        resolve,
        { ...input, found: { kind: 'there', url } },
        owner.headers,
      )
      expect([400, 422], `${url} ${text}`).toContain(status)
    }
    expect(await egressCount()).toBe(before)
  })

  it('to come back to lead nowhere else', async () => {
    const returns = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
      '\\/evil.example',
      '/x\\..\\..\\',
      '/%0d%0aSet-Cookie:x=1',
    ]
    for (const returnTo of returns) {
      const { status } = await api('POST', '/connections/start', { network: 'pinterest', returnTo })
      if (status === 400) continue
      const page = await world.ours.owner.comeBack(await world.ours.owner.consent({ returnTo }))
      expect(page.origin, returnTo).toBe(new URL(world.app.url).origin)
    }
  })
})

describe('input that means to be SQL', () => {
  const payloads = [
    "'",
    "' or 1=1 --",
    "'; drop table posts; --",
    '%',
    '_',
    '\\',
    '$1',
    '{}',
    "1' union select email from users --",
    '\u0000',
  ]

  it('is text in every filter, cursor, search and path', async () => {
    const before = await printOf(world.app, ['egress_ledger', 'consents'])
    const faults: string[] = []
    for (const route of routes.filter(({ method, input }) => method === 'GET' && input)) {
      const input = (await inputs[route.name]?.(world.ours, owner)) ?? {}
      for (const field of Object.keys(input)) {
        for (const payload of payloads) {
          const { status, text } = await send(
            world.app,
            route,
            { ...input, [field]: payload },
            owner.headers,
          )
          if (status >= 500 || /syntax error|pg_|relation/.test(text))
            faults.push(`${route.name} ${field} ${payload}: ${status} ${text}`)
        }
      }
    }
    expect(faults).toEqual([])
    expect(await printOf(world.app, ['egress_ledger', 'consents'])).toEqual(before)
  })

  it('in a cursor that looks like ours is refused', async () => {
    const cursor = (...values: unknown[]) =>
      Buffer.from(JSON.stringify(values)).toString('base64url')
    const id = crypto.randomUUID()
    const forged = [
      cursor(id, new Date().toISOString()),
      cursor('2026-02-30T00:00:00Z', id),
      cursor('2026-01-01T00:00:00 (a comment)', id),
      cursor("2026-01-01T00:00:00Z'; drop table posts", id),
      cursor(null, id),
      cursor({ toString: 1 }, id),
      cursor(id),
      cursor(new Date().toISOString()),
      cursor(id, id),
      cursor(new Date().toISOString(), new Date().toISOString()),
      '!!!',
      Buffer.from('{"__proto__":{"length":2}}').toString('base64url'),
    ]
    const lists = [
      '/posts?',
      '/assets?',
      '/calendar?from=2030-05-01&to=2030-06-01&',
      '/receipts?',
      '/me/security-log?',
    ]
    for (const list of lists) {
      for (const one of forged) {
        const { status, text } = await api('GET', `${list}cursor=${encodeURIComponent(one)}`)
        expect(status, `${list} ${Buffer.from(one, 'base64url')} ${text}`).toBeLessThan(500)
      }
    }
  })

  it('is no time zone', async () => {
    for (const timeZone of [
      "UTC'; select 1; --",
      'UTC\u0000',
      '../UTC',
      'posixrules',
      '<+05>-5',
      'a'.repeat(64),
    ]) {
      expect((await api('PATCH', '/workspace', { timeZone })).status, timeZone).toBe(400)
    }
  })
})

describe('bodies', () => {
  it('with __proto__ change nothing but what they say', async () => {
    const body =
      '{"title":"T","__proto__":{"polluted":true,"workspaceId":"x"},"constructor":{"prototype":{"polluted":true}},"media":[],"targets":[]}'
    const { status } = await raw('/posts', { method: 'POST', body })
    expect([201, 400]).toContain(status)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('that are too large or too deep are refused, and the server lives', async () => {
    const large = JSON.stringify({ title: 'T', body: 'x'.repeat(1_100_000) })
    expect((await raw('/posts', { method: 'POST', body: large })).status).toBe(413)
    const deep = `${'{"media":['.repeat(40_000)}${']}'.repeat(40_000)}`
    expect((await raw('/posts', { method: 'POST', body: deep })).status).toBe(400)
    for (const body of ['{', 'null', '[]', '"x"', '{"title":1e999}', '\u0000']) {
      expect((await raw('/posts', { method: 'POST', body })).status, body).toBe(
        body === 'null' ? 400 : 400,
      )
    }
    expect((await api('GET', '/posts')).status).toBe(200)
  })

  it('with line breaks in names do not reach the head of a mail', async () => {
    for (const name of ['A\r\nBcc: all@example.com', 'A\nX: y', 'A\u2028B\u0000']) {
      expect((await api('PATCH', '/workspace', { name })).status, JSON.stringify(name)).toBe(400)
      const wanted = { name, permissions: ['read'] }
      expect((await api('POST', '/api-keys', wanted)).status, JSON.stringify(name)).toBe(400)
    }
    for (const email of [
      'a@example.com\r\nBcc: b@example.com',
      'a@example.com, b@example.com',
      '<a@example.com>',
    ]) {
      expect((await api('POST', '/invitations', { email, role: 'viewer' })).status, email).toBe(400)
    }
  })

  it('take no time to judge, however they are written', () => {
    const long = 20_000
    const texts = [
      'a'.repeat(long),
      ' '.repeat(long),
      'https://'.repeat(2000),
      `a${'.a'.repeat(long / 2)}`,
      `${'x@'.repeat(long / 2)}`,
      `"token":"${'\\"'.repeat(long / 2)}`,
      `${'&a='.repeat(6000)}@`,
      `Bearer ${'a='.repeat(long / 2)}`,
      `eyJ${'a.'.repeat(long / 2)}`,
    ]
    const judges: [string, (text: string) => unknown][] = [
      ['redactText', redactText],
      ['checkLink', checkLink],
      ['TimeZone', (text) => TimeZone.safeParse(text)],
      ['LocalTime', (text) => LocalTime.safeParse(text)],
    ]
    for (const [name, judge] of judges) {
      for (const text of texts) {
        judge(text)
        const begun = performance.now()
        judge(text)
        expect(performance.now() - begun, `${name} ${text.slice(0, 20)}`).toBeLessThan(50)
      }
    }
  })
})

describe('tokens', () => {
  it('of one kind are of no use as another', async () => {
    const { app, ours } = world
    const person = ours.owner
    const [, cookie = ''] = person.cookie.split('=')
    const session = decodeURIComponent(cookie)
    const tokens: Record<string, string> = {
      invitation: await invitationFor(person, undefined),
      session,
      'session without signature': session.split('.')[0] ?? '',
      state: (await person.consent()).searchParams.get('state') ?? '',
      key: (await keyOf(ours, ['read'])).key,
      'signature of a file':
        new URL(
          (await api('GET', `/assets/${ours.assetId}`)).body.thumbnailUrl,
          app.url,
        ).searchParams.get('signature') ?? '',
      'id of a key': ours.keyId,
    }
    const cookieName = person.cookie.split('=')[0]
    const { 'avow-workspace': workspace } = headersOf(person)
    for (const [kind, token] of Object.entries(tokens)) {
      expect(token.length, kind).toBeGreaterThan(10)
      if (kind !== 'key') {
        for (const given of [token, `avk_${token}`]) {
          const headers = { authorization: `Bearer ${given}`, 'avow-workspace': workspace ?? '' }
          const { status } = await ask(`${app.url}/api/v1/workspace`, { headers })
          expect(status, `${kind} as a key`).toBe(401)
        }
      }
      if (!kind.startsWith('session')) {
        const headers = {
          cookie: `${cookieName}=${encodeURIComponent(token)}`,
          'avow-workspace': workspace ?? '',
        }
        expect(
          (await ask(`${app.url}/api/v1/workspace`, { headers })).status,
          `${kind} as a session`,
        ).toBe(401)
      }
      if (kind !== 'invitation') {
        const { status } = await api('POST', '/invitations/show', { token: token.slice(0, 200) })
        expect([400, 404, 410], `${kind} as an invitation`).toContain(status)
      }
      if (kind !== 'state') {
        const back = await person.get(
          `/oauth/pinterest/callback?code=x&state=${encodeURIComponent(token)}`,
        )
        expect(back.text + (back.headers.get('location') ?? ''), `${kind} as a state`).toMatch(
          /connect_error|"error"/,
        )
      }
    }
  })

  it('of connections stand in no answer, log, job or table in clear', async () => {
    const { body } = await world.app.sandbox('GET', '/state')
    const issued = [...new Set(JSON.stringify(body).match(/pin[ar][_.][\w.-]{20,}/g) ?? [])]
    const asked = await Promise.all(
      routes
        .filter(({ method, name }) => method === 'GET' && name !== 'live.events')
        .map(async (route) =>
          send(
            world.app,
            route,
            (await inputs[route.name]?.(world.ours, owner)) ?? {},
            owner.headers,
          ),
        ),
    )
    const { rows } = await world.app.admin.query<{ access_token: string }>(
      'select access_token from connections where access_token is not null',
    )
    expect(rows.length).toBeGreaterThan(1)
    const said = [...world.app.said, ...asked.map(({ text }) => text), ...world.app.logged].join(
      '\n',
    )
    for (const { access_token } of rows) expect(said).not.toContain(access_token)
    expect(said).not.toMatch(/\bpin[ar][_.][\w.-]{20,}/)
    const stored = await dump(world.app)
    expect(stored).not.toMatch(/\bpin[ar][_.][\w.-]{20,}/)
    for (const token of issued) expect(said + stored).not.toContain(token)
  })

  it('in the words of an error are taken out', () => {
    const words = 'Refused: access_token=pina_ABCDEFGHIJKLMNOP123 for Bearer abcdefghijklmnop'
    expect(redactText(words)).not.toMatch(/ABCDEFGHIJKLMNOP|abcdefghijklmnop/)
  })
})

describe('a script that somebody wrote into what others read', () => {
  const script =
    '<img src=x onerror="window.hit=1;alert(1)"><script>window.hit=1</script>"\'><svg onload=window.hit=1>{{7*7}}'

  it('does not run on any page that shows it', async () => {
    const { app, ours } = world
    const { workspaceId } = ours.owner
    await ok(api('PATCH', '/workspace', { name: script.slice(0, 80) }))
    await ok(api('PATCH', `/connections/${ours.connectionId}`, { label: script.slice(0, 60) }))
    await ok(api('PATCH', `/assets/${ours.assetId}`, { name: script, altText: script }))
    await ok(api('POST', '/api-keys', { name: script.slice(0, 60), permissions: ['read'] }))
    await app.admin.query('update users set name = $1 where id = $2', [script, ours.owner.id])
    const { body: post } = await ok(
      api('POST', '/posts', {
        title: script,
        body: script,
        link: 'javascript:window.hit=1',
        media: [{ assetId: ours.assetId, altText: script }],
        targets: [
          { connectionId: ours.connectionId, destination: { id: ours.boards[0], childId: null } },
        ],
      }),
    )
    const browser = await startBrowser()
    const context = await browser.newContext()
    const found: string[] = []
    const shows: string[] = []
    context.on('dialog', (dialog) => {
      found.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    context.on('console', (message) => {
      if (/content security policy/i.test(message.text())) found.push(message.text())
    })
    const [name = '', value = ''] = ours.owner.cookie.split('=')
    await context.addCookies([{ name, value, url: app.url }])
    const page = await context.newPage()
    const pages = [
      'posts',
      `posts/${post.id}`,
      `posts/${post.id}/edit`,
      'calendar',
      'library',
      'connections',
      'settings/members',
      'settings/workspace',
      'settings/keys',
      'receipts',
      'settings/queue',
    ].map((path) => `/w/${workspaceId}/${path}`)
    for (const path of [...pages, '/privacy', '/api/docs', '/account/security']) {
      await page.goto(app.url + path, { waitUntil: 'load' })
      const shown = page.getByText('onerror').first()
      if (await appears(shown)) shows.push(path)
      if (await page.evaluate('window.hit')) found.push(`ran on ${path}`)
      const links = await page.locator('a[href^="javascript:" i]').count()
      if (links > 0) found.push(`javascript: link on ${path}`)
      const injected = await page.locator('img[src="x"], svg[onload]').count()
      if (injected > 0) found.push(`markup on ${path}`)
    }
    await browser.close()
    expect(found).toEqual([])
    // The words were there to be seen: the test looked at the right places.
    expect(shows.length, shows.join()).toBeGreaterThan(3)
  }, 60_000)
})

const appears = (shown: Locator) =>
  shown.waitFor({ state: 'attached', timeout: 1_500 }).then(
    () => true,
    () => false,
  )
