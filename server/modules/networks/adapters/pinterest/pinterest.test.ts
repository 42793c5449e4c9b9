import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Handle, NetworkError, type Outgoing, type Session } from '../../adapter.ts'
import { pinterest } from './index.ts'
import {
  app,
  clip,
  file,
  image,
  networkError,
  outgoing,
  outTo,
  startPinterest,
} from './pinterest.fixture.ts'
import { toNetworkError } from './refusal.ts'

let net: Awaited<ReturnType<typeof startPinterest>>
let session: Session
let board: string
beforeAll(async () => {
  net = await startPinterest()
})
beforeEach(async () => {
  await net.world.control('POST', '/reset')
  net.limits.timeoutMs = 10_000
  net.ledger.length = 0
  session = await net.session()
  board = await net.world.firstBoard()
})
afterAll(() => net.close())

const submit = async (change: Partial<Outgoing> = {}, handle: Handle = {}) =>
  pinterest.submit(session, await outgoing(board, change), handle)
const look = async (armedAt: Date, change: Partial<Outgoing> = {}) =>
  pinterest.look(session, await outgoing(board, change), {}, armedAt)

describe('consent', () => {
  const state = 'workspace.random'

  async function decide(decision: string, scopes: string[], account = 'harbourbakery') {
    const url = new URL(pinterest.authorizeUrl(app, state))
    const form = new URLSearchParams({ decision })
    form.set('account', net.world.sandbox.world.pinterest.account(account)?.id ?? '')
    for (const scope of scopes) form.append('scope', scope)
    const reply = await net.world.fetch(`/${url.host}${url.pathname}${url.search}`, {
      method: 'POST',
      body: form,
    })
    return new URL(reply.headers.get('location') ?? 'x:').searchParams
  }
  const all = pinterest.manifest.scopes.map(({ scope }) => scope)

  it('asks for exactly five scopes, each in words, at the real address', () => {
    const url = new URL(pinterest.authorizeUrl(app, state))
    expect(url.origin + url.pathname).toBe('https://www.pinterest.com/oauth/')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: app.clientId,
      redirect_uri: app.redirectUri,
      response_type: 'code',
      scope: 'user_accounts:read,boards:read,boards:write,pins:read,pins:write',
      state,
    })
    for (const { words } of pinterest.manifest.scopes) expect(words.length).toBeGreaterThan(10)
  })

  it('turns a code into a grant with the times that the network named, once', async () => {
    const answer = pinterest.readCallback(await decide('allow', all))
    if (answer.kind !== 'code') throw new Error(answer.kind)
    const now = net.now()
    const grant = await pinterest.exchangeCode(net.ask, app, answer.code, now)
    expect(grant).toMatchObject({
      accessToken: expect.stringMatching(/^pina_/),
      refreshToken: expect.stringMatching(/^pinr/),
      scopes: all,
    })
    expect(grant.accessExpiresAt).toEqual(new Date(now.getTime() + 30 * 86_400_000))
    expect(grant.refreshExpiresAt).toEqual(new Date(now.getTime() + 60 * 86_400_000))
    const again = await networkError(pinterest.exchangeCode(net.ask, app, answer.code, now))
    expect(again.kind).toBe('rejected')
    expect(again.detail).toContain('code 283')
  })

  it('tells a refusal by the person from a failure of the network', async () => {
    expect(pinterest.readCallback(await decide('deny', all))).toEqual({ kind: 'declined' })
    expect(pinterest.readCallback(await decide('fail', all))).toEqual({
      kind: 'failed',
      words: 'Something went wrong on our end',
    })
    expect(pinterest.readCallback(new URLSearchParams())).toMatchObject({ kind: 'failed' })
    // An error beside a code is no consent.
    expect(pinterest.readCallback(new URLSearchParams('code=x&error=access_denied'))).toEqual({
      kind: 'declined',
    })
  })

  it('exchanges a refresh token, and says when it is refused', async () => {
    const first = await net.world.control('POST', '/pinterest/grants', { account: 'oakandiron' })
    const { refresh_token } = first.body.token as { refresh_token: string }
    const next = await pinterest.refresh(net.ask, app, refresh_token, net.now())
    expect(next.refreshToken).not.toBe(refresh_token)
    const used = await networkError(pinterest.refresh(net.ask, app, refresh_token, net.now()))
    expect(used).toMatchObject({ kind: 'reauthorise', tokenRefused: true })
  })

  it('does not take an outage during a refresh for a refusal', async () => {
    for (const [kind, more] of [
      ['refuse', { status: 500 }],
      ['refuse', { status: 502, body: 'html' }],
      ['accept-then-truncate', {}],
      ['drop-reply', {}],
      ['rate-limit', {}],
    ] as const) {
      const made = await net.world.control('POST', '/pinterest/grants', { account: 'oakandiron' })
      const { refresh_token } = made.body.token as { refresh_token: string }
      await net.fault('POST /oauth/token', kind, more)
      const error = await networkError(pinterest.refresh(net.ask, app, refresh_token, net.now()))
      expect(['retryable', 'quota'], kind).toContain(error.kind)
    }
  })
})

describe('the account and its boards', () => {
  it('says who the account is', async () => {
    expect(await pinterest.account(session)).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      username: 'fernandbloom',
      name: 'Fern & Bloom',
      kind: 'Business account',
      url: 'https://www.pinterest.com/fernandbloom/',
      avatarUrl: expect.stringMatching(/^https:\/\/i\.pinimg\.com\//),
    })
  })

  it('pages through boards by bookmark until there are no more', async () => {
    for (let number = 0; number < 105; number += 1) {
      await net.world.control('POST', '/pinterest/boards', {
        account: 'oakandiron',
        name: `Board ${number}`,
      })
    }
    const of = await net.session('oakandiron')
    const first = await pinterest.places(of, undefined)
    expect(first.items).toHaveLength(100)
    const second = await pinterest.places(of, first.nextCursor ?? '')
    expect(second.nextCursor).toBeNull()
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(105)
  })

  it('lists the sections of a board', async () => {
    const made = await net.world.control('POST', '/pinterest/boards', {
      account: 'fernandbloom',
      name: 'Table settings',
      sections: ['Tables', 'Bouquets'],
    })
    const found = await pinterest.childPlaces(session, String(made.body.id), undefined)
    expect(found.items.map(({ name }) => name).sort()).toEqual(['Bouquets', 'Tables'])
    expect(found.nextCursor).toBeNull()
  })

  it.each(['../user_account', '1/../../x', '', '1?x=1'])(
    'asks nothing for the id %j',
    async (id) => {
      net.ledger.length = 0
      expect((await networkError(pinterest.childPlaces(session, id, undefined))).kind).toBe(
        'rejected',
      )
      expect(net.ledger).toEqual([])
    },
  )
})

describe('publishing', () => {
  it('makes an image pin with all that was written, over a connection of its own', async () => {
    const prepared = await pinterest.prepare(session, await outgoing(board), null)
    expect(prepared).toMatchObject({ kind: 'ready', handle: {} })
    const done = await submit()
    expect(done).toMatchObject({ kind: 'published', words: 'Pinterest made the Pin.' })
    if (done.kind !== 'published') throw new Error(done.kind)
    expect(done.externalUrl).toBe(`https://www.pinterest.com/pin/${done.externalId}/`)
    expect(done.detail).toMatch(/^POST \/pins -> 201, request \d+$/)
    const { body } = await net.world.api(session.accessToken, 'GET', `/pins/${done.externalId}`)
    expect(body).toMatchObject({
      board_id: board,
      board_section_id: null,
      title: 'Rye bread',
      description: 'Baked at night, sold in the morning.',
      link: 'https://bakery.example/rye',
      alt_text: 'A loaf',
      media: { media_type: 'image' },
    })
  })

  it('puts a PNG into a section, and leaves out what is empty', async () => {
    const made = await net.world.control('POST', '/pinterest/boards', {
      account: 'fernandbloom',
      name: 'Table settings',
      sections: ['Tables'],
    })
    const [section] = made.body.sections as { id: string }[]
    const done = await submit({
      title: '',
      body: '',
      link: '',
      media: [await image('', 'png')],
      destination: { id: String(made.body.id), childId: section?.id ?? '' },
    })
    if (done.kind !== 'published') throw new Error(done.kind)
    const { body } = await net.world.api(session.accessToken, 'GET', `/pins/${done.externalId}`)
    expect(body).toMatchObject({ board_section_id: section?.id, title: null, alt_text: null })
  })

  it('makes a carousel with the alternative texts of all its images', async () => {
    const done = await submit({ media: [await image('First'), await image('Second', 'png')] })
    if (done.kind !== 'published') throw new Error(done.kind)
    const { body } = await net.world.api(session.accessToken, 'GET', `/pins/${done.externalId}`)
    expect(body).toMatchObject({
      alt_text: 'First\nSecond',
      media: { media_type: 'multiple_images', items: [{}, {}] },
    })
  })

  it('refuses by itself what could not succeed, before anything is sent', async () => {
    net.ledger.length = 0
    const heic = { kind: 'image', file: file(Buffer.from('x'), 'image/heic'), altText: '' } as const
    const wishes: Partial<Outgoing>[] = [
      { destination: null },
      { destination: { id: 'me/../x', childId: null } },
      { media: [] },
      { media: [heic] },
      { media: [await image(), await clip()] },
      { media: [await clip()] },
    ]
    for (const wish of wishes) expect((await networkError(submit(wish))).kind).toBe('rejected')
    expect(net.ledger).toEqual([])
  })

  async function preparedVideo(one: Outgoing): Promise<Handle> {
    let handle: Handle | null = null
    for (;;) {
      const prepared = await pinterest.prepare({ ...session, now: net.now() }, one, handle)
      handle = prepared.handle
      if (prepared.kind === 'ready') return handle
      // The network's clock is ours to move; reading the file takes it real time.
      await net.world.control('POST', '/clock', { advanceMs: prepared.ms })
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  it('uploads a video as a form without our token, waits, and makes the pin with its cover', async () => {
    const one = await outgoing(board, { media: [await clip()] })
    const handle = await preparedVideo(one)
    expect(Object.keys(handle)).toEqual(['mediaId'])
    expect(net.ledger.filter((entry) => entry.method === 'POST').map(({ host }) => host)).toEqual([
      'api.pinterest.com',
      'pinterest-media-upload.s3-accelerate.amazonaws.com',
    ])
    const done = await pinterest.submit(session, one, handle)
    if (done.kind !== 'published') throw new Error(done.kind)
    const { body } = await net.world.api(session.accessToken, 'GET', `/pins/${done.externalId}`)
    expect(body.media).toMatchObject({ media_type: 'video', duration: 6000 })
    expect((body.media as { cover_image_url?: string }).cover_image_url).toBeTruthy()
  })

  it('uses a frame as cover when there is none', async () => {
    const one = await outgoing(board, { media: [await clip(5, false)] })
    const done = await pinterest.submit(session, one, await preparedVideo(one))
    expect(done.kind).toBe('published')
  })

  it('waits longer and longer, up to ten seconds, while a video is processed', async () => {
    await net.world.control('PATCH', '/pinterest', { processingMs: 3_600_000 })
    const one = await outgoing(board, { media: [await clip()] })
    const waits: number[] = []
    let handle: Handle | null = null
    for (let look = 0; look < 6; look += 1) {
      const prepared = await pinterest.prepare(session, one, handle)
      if (prepared.kind !== 'wait') throw new Error('It is ready already')
      waits.push(prepared.ms)
      handle = prepared.handle
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000])
    const registered = net.ledger.filter(
      ({ method, host }) => method === 'POST' && host === 'api.pinterest.com',
    )
    expect(registered).toHaveLength(1)
    const late = { ...session, now: new Date(session.now.getTime() + 3 * 3_600_000) }
    expect((await networkError(pinterest.prepare(late, one, handle))).kind).toBe('rejected')
  })

  it('says in words when a video cannot be processed', async () => {
    const one = await outgoing(board, { media: [await clip(2)] })
    const error = await networkError(preparedVideo(one))
    expect(error.kind).toBe('rejected')
    expect(error.words).toContain('could not process the video')
  })

  it('registers anew when the upload policy has expired, or the media is gone', async () => {
    const one = await outgoing(board, { media: [await clip()] })
    await net.fault('POST /s3-upload', 's3-403')
    const first = await pinterest.prepare(session, one, null)
    expect(first.kind).toBe('wait')
    const again = await pinterest.prepare(session, one, { mediaId: '999' })
    expect(again.handle.mediaId).not.toBe('999')
    await net.fault('POST /s3-upload', 's3-403', { times: 2 })
    expect((await networkError(pinterest.prepare(session, one, null))).kind).toBe('retryable')
    await net.fault('POST /s3-upload', 'refuse', { status: 503 })
    expect((await networkError(pinterest.prepare(session, one, null))).kind).toBe('retryable')
    await net.fault('POST /s3-upload', 'drop-before')
    expect((await networkError(pinterest.prepare(session, one, null))).kind).toBe('retryable')
  })
})

describe('when a submit goes wrong', () => {
  it.each([
    ['refuse', { status: 500 }],
    ['refuse', { status: 503, body: 'html' }],
    ['refuse', { status: 502, body: 'empty' }],
    ['drop-before', {}],
    ['drop-reply', {}],
    ['accept-then-error', { status: 500 }],
    ['accept-then-truncate', {}],
  ])('does not know the outcome after %s %j', async (kind, more) => {
    await net.fault('POST /pins', kind, more)
    const error = await networkError(submit())
    expect(error.kind).toBe('unknown_outcome')
    expect(net.made().length).toBeLessThanOrEqual(1)
  })

  it.each(['hang-before', 'accept-then-hang'])(
    'does not know the outcome after %s',
    async (kind) => {
      net.limits.timeoutMs = 400
      await net.fault('POST /pins', kind)
      expect((await networkError(submit())).kind).toBe('unknown_outcome')
    },
  )

  it('knows that nothing was sent when there is no connection', async () => {
    const one = await outgoing(board)
    const { egress, ask } = outTo('http://127.0.0.1:1')
    const error = await networkError(pinterest.submit({ ...session, ask }, one, {}))
    expect(error.kind).toBe('retryable')
    await egress.close()
  })

  it('waits as long as the network says, and a day after a spam block', async () => {
    const at = session.now.getTime()
    await net.fault('POST /pins', 'rate-limit', { reset: 40 })
    const limited = await networkError(submit())
    expect(limited).toMatchObject({ kind: 'quota', until: new Date(at + 40_000) })
    await net.fault('POST /pins', 'rate-limit', { retryAfter: 7, code: 30 })
    expect((await networkError(submit())).until).toEqual(new Date(at + 7_000))
    await net.fault('POST /pins', 'rate-limit')
    expect((await networkError(submit())).until).toEqual(new Date(at + 60_000))
    await net.fault('POST /pins', 'spam')
    const spam = await networkError(submit())
    expect(spam).toMatchObject({ kind: 'quota', until: new Date(at + 86_400_000) })
    expect(net.made()).toEqual([])
  })

  it('tells a refused token from a missing scope', async () => {
    await net.fault('POST /pins', 'token-expired')
    expect(await networkError(submit())).toMatchObject({ kind: 'reauthorise', tokenRefused: true })
    session = await net.session()
    await net.fault('POST /pins', 'token-revoked')
    expect(await networkError(submit())).toMatchObject({ kind: 'reauthorise', tokenRefused: true })
    session = await net.session()
    await net.fault('POST /pins', 'scope-lost', { scope: 'pins:write' })
    expect(await networkError(submit())).toMatchObject({ kind: 'reauthorise', tokenRefused: false })
  })

  it('tells the person what to change', async () => {
    await net.fault('POST /pins', 'board-deleted')
    const gone = await networkError(submit())
    expect(gone).toMatchObject({ kind: 'rejected' })
    expect(gone.words).toContain('board no longer exists')
    board = await net.world.firstBoard()
    const long = await networkError(submit({ title: 'x'.repeat(101) }))
    expect(long.words).toContain('at most 100 characters')
    board = await net.world.firstBoard('oakandiron')
    const foreign = await networkError(submit())
    expect(foreign).toMatchObject({ kind: 'rejected', tokenRefused: false })
    expect(foreign.detail).toMatch(/POST \/pins -> 40\d, code 7/)
  })

  it('tells that the app has trial access only', async () => {
    await net.world.control('PATCH', '/pinterest/apps/sandbox-pinterest-app', { tier: 'trial' })
    const error = await networkError(submit())
    expect(error.kind).toBe('rejected')
    expect(error.words).toContain('trial access')
  })
})

describe('every answer of Pinterest', () => {
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    toNetworkError({
      operation: 'POST /pins',
      effect: 'irreversible',
      status,
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      now: new Date('2026-11-22T12:00:00Z'),
    })

  it.each([
    [400, { code: 1, message: 'x' }, 'rejected'],
    [400, { code: 4196, message: 'x' }, 'rejected'],
    [400, { code: 1, message: 'Media 12 is not ready: its status is processing' }, 'retryable'],
    [401, { code: 2, message: 'Authentication failed.' }, 'reauthorise'],
    [401, { code: 3, message: 'x' }, 'reauthorise'],
    [403, { code: 3, message: 'x' }, 'reauthorise'],
    [401, { code: 7, message: 'x' }, 'rejected'],
    [401, '<html>proxy</html>', 'retryable'],
    [403, { code: 29, message: 'x' }, 'rejected'],
    [404, { code: 404, message: 'Board not found.' }, 'rejected'],
    [409, { code: 409, message: 'x' }, 'rejected'],
    [408, '', 'unknown_outcome'],
    [302, '', 'unknown_outcome'],
    [429, { code: 30, message: 'x' }, 'quota'],
    [429, '', 'quota'],
    [500, { code: 1, message: 'x' }, 'unknown_outcome'],
    [504, '<html></html>', 'unknown_outcome'],
    [599, '{"code":', 'unknown_outcome'],
  ] as const)('%i %j is %s', (status, body, kind) => {
    expect(answer(status, body).kind).toBe(kind)
  })

  it('reads the reset as seconds from now or as a time, the longest of several', () => {
    const until = (reset: string) => answer(429, '', { 'x-ratelimit-reset': reset }).until
    const at = Date.parse('2026-11-22T12:00:00Z')
    expect(until('12')).toEqual(new Date(at + 12_000))
    expect(until('1, 55, 3')).toEqual(new Date(at + 55_000))
    expect(until(String(at / 1000 + 90))).toEqual(new Date(at + 90_000))
    expect(until('99999999')).toEqual(new Date(at + 86_400_000))
    expect(until('soon')).toEqual(new Date(at + 60_000))
  })

  it('shows and keeps nothing secret of what was said', () => {
    const message =
      'Bad token pina_AAAABBBBCCCCDDDD in\n\u0007 header Authorization: Bearer abcdefgh12345'
    const error = answer(400, { code: 1, message }, { 'x-pinterest-rid': '77' })
    for (const text of [error.words, error.detail, error.message]) {
      expect(text).not.toMatch(/pina_A|abcdefgh|\n/)
    }
    expect(error.detail).toContain('request 77')
  })
})

describe('looking for a pin whose answer was lost', () => {
  it('finds exactly the pin that was made', async () => {
    const armedAt = net.now()
    await net.fault('POST /pins', 'drop-reply')
    expect((await networkError(submit())).kind).toBe('unknown_outcome')
    const found = await look(armedAt)
    expect(found.candidates).toEqual([
      { externalId: net.made()[0]?.id, externalUrl: expect.stringContaining('/pin/') },
    ])
  })

  it('says that it is not there when nothing was done', async () => {
    await net.fault('POST /pins', 'drop-before')
    await networkError(submit())
    expect((await look(net.now())).candidates).toEqual([])
  })

  it('finds it in a section, once', async () => {
    const made = await net.world.control('POST', '/pinterest/boards', {
      account: 'fernandbloom',
      name: 'Table settings',
      sections: ['Tables'],
    })
    const [section] = made.body.sections as { id: string }[]
    const destination = { id: String(made.body.id), childId: section?.id ?? '' }
    const armedAt = net.now()
    await submit({ destination })
    expect((await look(armedAt, { destination })).candidates).toHaveLength(1)
  })

  it('takes no other pin for it', async () => {
    const armedAt = net.now()
    await submit({ title: 'Other title' })
    await submit({ body: 'Other words' })
    await submit({ link: 'https://bakery.example/other' })
    await submit({ media: [await image('A loaf'), await image()] })
    await submit({ media: [await image('Other picture')] })
    expect((await look(armedAt)).candidates).toEqual([])
  })

  it('does not mind how whitespace, letters and links are written back', async () => {
    const armedAt = net.now()
    await submit({ title: 'Cafe\u0301  bread ', link: 'https://www.bakery.example/rye/' })
    const found = await look(armedAt, { title: 'Café bread', link: 'https://bakery.example/rye' })
    expect(found.candidates).toHaveLength(1)
  })

  it('takes no pin from before', async () => {
    await submit()
    await net.world.control('POST', '/clock', { advanceMs: 3 * 60_000 })
    expect((await look(net.now())).candidates).toEqual([])
  })

  it('names all that look alike', async () => {
    const armedAt = net.now()
    await submit()
    await submit()
    expect((await look(armedAt)).candidates).toHaveLength(2)
  })

  it('reads on by bookmark while pins are young', async () => {
    const armedAt = net.now()
    const mine = await submit()
    const { pinterest: state } = net.world.sandbox.world
    const [first] = state.pins.values()
    if (!first || mine.kind !== 'published') throw new Error('There is no pin')
    for (let number = 0; number < 230; number += 1) {
      const id = state.newId('pin')
      state.addPin({ ...first, id, boardId: board, createdAt: net.now().getTime() })
    }
    net.ledger.length = 0
    const found = await look(armedAt)
    expect(found.candidates).toEqual([
      { externalId: mine.externalId, externalUrl: mine.externalUrl },
    ])
    expect(net.ledger.length).toBe(3)
  })

  it('claims nothing when it cannot look', async () => {
    for (const [kind, expected] of [
      ['refuse', 'retryable'],
      ['accept-then-truncate', 'retryable'],
      ['rate-limit', 'quota'],
      ['token-expired', 'reauthorise'],
    ] as const) {
      await net.fault('GET /boards/{board_id}/pins', kind)
      expect((await networkError(look(net.now()))).kind, kind).toBe(expected)
    }
  })

  it('reads times without a zone as UTC', async () => {
    const armedAt = new Date('2026-11-22T12:00:00Z')
    const pin = (id: string, created_at: string) => ({
      id,
      created_at,
      title: 'Rye bread',
      description: 'Baked at night, sold in the morning.',
      link: 'https://bakery.example/rye',
    })
    const items = [
      pin('3', '2026-11-22T12:00:01'),
      pin('2', '2026-11-22T13:00:00+01:00'),
      pin('1', '2026-11-22T11:50:00'),
    ]
    const ask = vi.fn(async () => ({
      status: 200,
      headers: {},
      url: 'https://api.pinterest.com/',
      body: Buffer.alloc(0),
      text: () => JSON.stringify({ items, bookmark: null }),
      json: () => ({}),
    }))
    const found = await pinterest.look({ ...session, ask }, await outgoing(board), {}, armedAt)
    expect(found.candidates.map(({ externalId }) => externalId)).toEqual(['3', '2'])
  })
})

describe('telling posts and addresses apart', () => {
  it('gives one fingerprint to posts that look the same, without telling what they say', async () => {
    const one = pinterest.fingerprint(await outgoing(board))
    expect(pinterest.fingerprint(await outgoing(board, { title: ' Rye  bread' }))).toBe(one)
    expect(one).toMatch(/^[\w-]{43}$/)
    const others = [
      { title: 'Rye' },
      { body: 'x' },
      { link: 'https://bakery.example/wheat' },
      { destination: { id: '1', childId: null } },
      { media: [await image(), await image()] },
      { media: [await clip()] },
    ]
    for (const other of others) {
      expect(pinterest.fingerprint(await outgoing(board, other))).not.toBe(one)
    }
  })

  it.each([
    ['https://www.pinterest.com/pin/123/', '123'],
    [' http://pinterest.com/pin/123?x=1#y ', '123'],
    ['https://nl.pinterest.com/pin/rye-bread--123/', '123'],
    ['https://www.pinterest.co.uk/pin/123/', '123'],
    ['https://pinterest.com.au/pin/123/analytics', '123'],
    ['https://www.pinterest.de/pin/123', '123'],
    ['https://pinterest.com.evil.example/pin/123/', null],
    ['https://evil.example/pin/123/', null],
    ['https://www.pinterest.com/board/123/', null],
    ['https://www.pinterest.com/pin/abc/', null],
    ['https://pin.it/abc', null],
    ['javascript:alert(1)', null],
    ['123', null],
  ])('reads %s as %j', (url, id) => {
    expect(pinterest.externalIdOf(url)).toBe(id)
  })

  it('gives the address of a pin', () => {
    expect(pinterest.externalIdOf(pinterest.externalUrl('42'))).toBe('42')
    expect(new NetworkError('rejected', { words: 'w', detail: 'd' }).until).toBeNull()
  })
})
