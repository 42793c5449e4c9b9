import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addPicture,
  fault,
  letTimePass,
  newPublisher,
  type Publisher,
  type PublishingApp,
  pinsOn,
  readPost,
  schedule,
  startPublishing,
  stateOf,
  withNewBoards,
  write,
} from './publishing.fixture.ts'

const minute = 60_000
const hour = 60 * minute

let app: PublishingApp
let shared: Publisher
let p: Publisher

beforeAll(async () => {
  app = await startPublishing()
  shared = await newPublisher(app)
})
afterAll(() => app?.stop())
beforeEach(async () => {
  await app.resetTime()
  await app.sandbox('POST', '/clock', { now: 'real' })
  await app.sandbox('DELETE', '/faults')
  p = await withNewBoards(shared)
})

const pinsOnBoard = () => pinsOn(app, p.board.id)
const attemptsOf = async (postId: string) => {
  const { targets } = await readPost(p, postId)
  const { body } = await p.person.api('GET', `/targets/${targets[0].id}/attempts`)
  return body.items as { phase: string; outcome: string; words: string; detail: string | null }[]
}

describe('publishing now', () => {
  it('puts one pin on the board, with the words, the link and the picture', async () => {
    const post = await write(p)
    expect((await schedule(p, post)).status).toBe(200)
    await app.drain()
    const { targets } = await readPost(p, post.id)
    expect(targets[0]).toMatchObject({
      state: 'published',
      externalUrl: expect.stringContaining('/pin/'),
    })
    expect(await pinsOnBoard()).toMatchObject([
      {
        id: targets[0].externalId,
        title: 'Autumn bouquet',
        link: 'https://fernandbloom.example/autumn',
      },
    ])
  })

  it('keeps every attempt: begun, about to be made, what the network said', async () => {
    const post = await write(p)
    await schedule(p, post)
    await app.drain()
    const attempts = await attemptsOf(post.id)
    expect(attempts.map(({ phase }) => phase)).toEqual(['claim', 'submit'])
    expect(attempts.at(-1)).toMatchObject({ outcome: 'ok', detail: expect.stringContaining('201') })
    expect(attempts.every(({ words }) => words.length > 10)).toBe(true)
  })

  it('sends nothing without an approval: a draft stays where it is', async () => {
    const post = await write(p)
    await letTimePass(p, 48 * hour)
    expect(await stateOf(p, post.id)).toBe('draft')
    expect(await pinsOnBoard()).toEqual([])
  })

  it('sends a job without an approval nowhere, even when the row says scheduled', async () => {
    const post = await write(p)
    await schedule(p, post, { when: { kind: 'at', local: '2028-03-20T09:15' } })
    await app.admin.query('update approvals set withdrawn_at = now()')
    await app.admin.query("update targets set due_at = app.now() where state = 'scheduled'")
    const { id } = post.targets[0]
    const { publishTarget } = await import('./publish-target.ts')
    await publishTarget(
      app.platform,
      { workspaceId: p.person.workspaceId, targetId: id },
      new AbortController().signal,
    )
    expect(await readPost(p, post.id)).toMatchObject({
      targets: [{ state: 'held', stateWords: expect.stringContaining('approved') }],
    })
    expect(await pinsOnBoard()).toEqual([])
  })

  it('sends to several boards, spaced as asked', async () => {
    const targets = [p.board, p.otherBoard].map(({ id }) => ({
      connectionId: p.connectionId,
      destination: { id, childId: null },
    }))
    const post = await write(p, { targets })
    const { body } = await schedule(p, post, { spacingMinutes: 90 })
    const [first, second] = body.post.targets.map((target: { dueAt: string }) =>
      Date.parse(target.dueAt),
    )
    expect(second - first).toBe(90 * minute)
    await app.drain()
    expect(
      [await pinsOnBoard(), await pinsOn(app, p.otherBoard.id)].map((pins) => pins.length),
    ).toEqual([1, 0])
    await letTimePass(p, 90 * minute)
    expect(await pinsOn(app, p.otherBoard.id)).toHaveLength(1)
  })
})

describe('the calendar', () => {
  const at = (local: string) => ({ when: { kind: 'at', local } })
  const inTwoDays = () => new Date(Date.now() + 48 * hour).toISOString().slice(0, 16)

  it('sends at the minute that was chosen, in the zone of the workspace, and not before', async () => {
    const post = await write(p)
    const due = new Date(app.platform.clock.now().getTime() + 3 * 24 * hour)
    const local = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Amsterdam',
      dateStyle: 'short',
      timeStyle: 'short',
    })
      .format(due)
      .replace(' ', 'T')
    const { body } = await schedule(p, post, at(local))
    const dueAt = Date.parse(body.post.targets[0].dueAt)
    expect(Math.abs(dueAt - due.getTime())).toBeLessThan(minute)
    await letTimePass(p, dueAt - app.platform.clock.now().getTime() - minute)
    expect(await stateOf(p, post.id)).toBe('scheduled')
    await letTimePass(p, 2 * minute)
    expect(await stateOf(p, post.id)).toBe('published')
  })

  it('refuses a time that has passed, and says so', async () => {
    const answer = await schedule(p, await write(p), at('2020-01-01T10:00'))
    expect(answer).toMatchObject({
      status: 422,
      body: { error: { field: 'when.local', message: expect.stringContaining('has passed') } },
    })
  })

  it('says which instant is meant where clocks change', async () => {
    const skipped = await schedule(p, await write(p), at('2028-03-26T02:30'))
    expect(skipped.body).toMatchObject({
      notes: [expect.stringContaining('does not exist')],
      post: { targets: [{ dueAt: '2028-03-26T01:30:00.000Z' }] },
    })
    const twice = (repeatedHour: string) => async () => {
      const when = { kind: 'at', local: '2028-10-29T02:30', repeatedHour }
      const { body } = await schedule(p, await write(p), { when })
      return [body.post.targets[0].dueAt, body.notes.length]
    }
    expect(await twice('first')()).toEqual(['2028-10-29T00:30:00.000Z', 1])
    expect(await twice('second')()).toEqual(['2028-10-29T01:30:00.000Z', 1])
  })

  it('keeps the time of day when moved to another day, over a change of clocks too', async () => {
    const post = await write(p)
    await schedule(p, post, at('2028-03-20T09:15'))
    const { id } = post.targets[0]
    const moved = await p.person.api('POST', `/targets/${id}/reschedule`, {
      to: { day: '2028-03-27' },
    })
    expect(moved.body.target.dueAt).toBe('2028-03-27T07:15:00.000Z')
  })

  it('shows each target on its day, with the time as people there read it', async () => {
    p = await newPublisher(app)
    await schedule(p, await write(p), at('2028-03-20T23:50'))
    const { body } = await p.person.api('GET', '/calendar?from=2028-03-20&to=2028-03-21')
    expect(body.items).toMatchObject([
      { dueLocal: '2028-03-20T23:50', title: 'Autumn bouquet', state: 'scheduled' },
    ])
    const next = await p.person.api('GET', '/calendar?from=2028-03-21&to=2028-03-22')
    expect(next.body.items).toEqual([])
  })

  it('fills weekly slots one after the other, never one twice', async () => {
    p = await newPublisher(app)
    const items = [
      { weekday: 1, time: '09:00' },
      { weekday: 4, time: '17:30' },
    ]
    await p.person.api('PUT', `/connections/${p.connectionId}/slots`, { items })
    const posts = await Promise.all([1, 2, 3].map((n) => write(p, { title: `Post ${n}` })))
    const answers = await Promise.all(
      posts.map((post) => schedule(p, post, { when: { kind: 'queue' } })),
    )
    const times = answers.map(({ body }) => body.post.targets[0].dueAt)
    expect(new Set(times).size).toBe(3)
    const days = times.map((time) => new Date(time).getUTCDay())
    expect(days.every((day) => day === 1 || day === 4)).toBe(true)
  })

  it('holds what was missed by more than the cutoff, tells its people, and sends it when they say so', async () => {
    const post = await write(p)
    await schedule(p, post, { spacingMinutes: 0, when: at(inTwoDays()).when })
    await letTimePass(p, 3 * 24 * hour + 2 * hour)
    expect(await stateOf(p, post.id)).toBe('held')
    expect(await pinsOnBoard()).toEqual([])
    const { body: mails } = await app.sandbox('GET', '/mailbox')
    expect(JSON.stringify(mails)).toContain('A post is on hold')
    await p.person.api('POST', `/targets/${post.targets[0].id}/retry`)
    await app.drain()
    expect(await stateOf(p, post.id)).toBe('published')
  })
})

describe('editing', () => {
  it('takes the approval back: what was scheduled does not go out', async () => {
    const post = await write(p)
    await schedule(p, post, { when: { kind: 'at', local: '2028-03-20T09:15' } })
    const edited = await p.person.api('PATCH', `/posts/${post.id}`, {
      version: post.version,
      title: 'Winter bouquet',
    })
    expect(edited.body).toMatchObject({ version: 2, targets: [{ state: 'draft', dueAt: null }] })
    const { rows } = await app.admin.query(
      'select withdrawn_at from approvals where target_id = $1',
      [post.targets[0].id],
    )
    expect(rows[0].withdrawn_at).not.toBeNull()
  })

  it('tells the second of two editors, and overwrites nothing', async () => {
    const post = await write(p)
    const save = (title: string) =>
      p.person.api('PATCH', `/posts/${post.id}`, { version: post.version, title })
    const answers = await Promise.all([save('From one'), save('From the other')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.body.error).toMatchObject({ code: 'stale_edit', field: 'version' })
    const saved = answers.find(({ status }) => status === 200)
    expect((await readPost(p, post.id)).title).toBe(saved?.body.title)
  })

  it('leaves what went out as it was sent', async () => {
    const post = await write(p)
    await schedule(p, post)
    await app.drain()
    const edit = await p.person.api('PATCH', `/posts/${post.id}`, {
      version: post.version,
      title: 'Other',
    })
    expect(edit).toMatchObject({
      status: 409,
      body: { error: { fix: expect.stringContaining('Duplicate') } },
    })
    expect((await p.person.api('DELETE', `/posts/${post.id}`)).status).toBe(409)
  })
})

describe('checks before anything goes out', () => {
  const check = async (over: Record<string, unknown>) => {
    const post = await write(p, over)
    return { post, answer: await schedule(p, post, { acceptWarnings: [] }) }
  }

  it.each([
    ['a title over 100 characters', { title: 'x'.repeat(101) }, 'title_too_long'],
    [
      'a text over 800, counting an emoji as two',
      { body: `${'x'.repeat(799)}😀` },
      'body_too_long',
    ],
    ['a link that is no web page', { link: 'javascript:alert(1)' }, 'link_invalid'],
    ['no picture', { media: [] }, 'media_missing'],
    ['no board', { targets: 'no board' }, 'destination_missing'],
    ['nowhere to go', { targets: [] }, 'no_target'],
  ])('refuse %s, naming the field and what to do', async (_name, over, rule) => {
    const places =
      'targets' in over && over.targets === 'no board'
        ? { targets: [{ connectionId: p.connectionId, destination: null }] }
        : over
    const { answer } = await check(places)
    expect(answer.status).toBe(422)
    expect(answer.body.error.details.findings).toContainEqual(
      expect.objectContaining({
        rule,
        level: 'error',
        fix: expect.stringMatching(/\w/),
        field: expect.stringMatching(/\w/),
      }),
    )
  })

  it('pass exactly at the limit', async () => {
    const { answer } = await check({ title: 'x'.repeat(100), body: 'y'.repeat(500) })
    expect(answer.status).toBe(200)
  })

  it('warn of the same picture with the same link on the same board within 30 days', async () => {
    await schedule(p, await write(p))
    await app.drain()
    const { post, answer } = await check({ title: 'Again' })
    expect(answer.body.error.details.findings).toMatchObject([
      { rule: 'duplicate_post', level: 'warning' },
    ])
    expect((await schedule(p, post, { acceptWarnings: ['duplicate_post'] })).status).toBe(200)
    const other = await check({ title: 'Again', link: 'https://fernandbloom.example/other' })
    expect(other.answer.status).toBe(200)
  })

  it('take two to five pictures as a carousel, and no more', async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => addPicture(p.person)))
    const media = ids.map((assetId) => ({ assetId }))
    expect((await check({ media })).answer.body.error.details.findings).toContainEqual(
      expect.objectContaining({ rule: 'too_many_files' }),
    )
    const { post, answer } = await check({
      media: media.slice(0, 5),
      link: 'https://fernandbloom.example/five',
    })
    expect(answer.status).toBe(200)
    await app.drain()
    expect(await stateOf(p, post.id)).toBe('published')
  })
})

describe('when the network refuses', () => {
  it('it waits as long as the network says, and everything else of the connection with it', async () => {
    p = await newPublisher(app)
    await fault(app, 'POST /pins', 'rate-limit', { times: 1, reset: 600 })
    const [first, second] = [
      await write(p),
      await write(p, { title: 'Second', link: 'https://fernandbloom.example/2' }),
    ]
    await schedule(p, first)
    await app.drain()
    await schedule(p, second)
    await app.drain()
    expect(await pinsOnBoard()).toEqual([])
    await letTimePass(p, 9 * minute)
    expect(await pinsOnBoard()).toEqual([])
    await letTimePass(p, 2 * minute)
    expect(await pinsOnBoard()).toHaveLength(2)
  })

  it('a refusal is told in words, and can be tried again by a person', async () => {
    await app.sandbox('DELETE', `/pinterest/boards/${p.board.id}`)
    const post = await write(p)
    await schedule(p, post)
    await app.drain()
    const { targets } = await readPost(p, post.id)
    expect(targets[0]).toMatchObject({ state: 'failed', can: { retry: { ok: true } } })
    expect(targets[0].stateWords).toMatch(/board/i)
  })

  it('a token that is refused is exchanged, and the post goes out', async () => {
    await fault(app, 'POST /pins', 'token-expired', { times: 1 })
    const post = await write(p)
    await schedule(p, post)
    await app.drain()
    await letTimePass(p, minute, 2)
    expect(await stateOf(p, post.id)).toBe('published')
    expect(await pinsOnBoard()).toHaveLength(1)
  })

  it('a connection that was revoked holds its posts, and a new sign-in sends them', async () => {
    p = await newPublisher(app, 'oakandiron')
    await app.sandbox('POST', '/pinterest/accounts/oakandiron/revoke')
    const post = await write(p)
    await schedule(p, post)
    await app.drain()
    expect(await readPost(p, post.id)).toMatchObject({
      targets: [{ state: 'held', stateWords: expect.stringMatching(/sign in/i) }],
    })
    await p.person.comeBack(
      await p.person.consent({ connectionId: p.connectionId, account: 'oakandiron' }),
    )
    await app.drain()
    expect(await stateOf(p, post.id)).toBe('published')
  })
})

describe('when nobody knows whether it went out', () => {
  it.each([['drop-reply'], ['accept-then-error'], ['accept-then-truncate']])(
    'and it did (%s), it is found there and never sent again',
    async (kind) => {
      await fault(app, 'POST /pins', kind, { times: 1 })
      const post = await write(p)
      await schedule(p, post)
      await app.drain()
      expect(await readPost(p, post.id)).toMatchObject({
        targets: [{ state: 'submitted', can: { retry: { ok: false }, cancel: { ok: false } } }],
      })
      await letTimePass(p, 2 * minute)
      expect(await stateOf(p, post.id)).toBe('published')
      const pins = await pinsOnBoard()
      expect(pins).toHaveLength(1)
      expect((await readPost(p, post.id)).targets[0].externalId).toBe(pins[0]?.id)
    },
  )

  it.each([
    ['answers 500', 'refuse', { status: 500 }],
    ['answers 503', 'refuse', { status: 503 }],
    ['drops the connection', 'drop-before', {}],
  ])(
    'and it did not (it %s), it is sent once more after two looks and ten minutes',
    async (_name, kind, more) => {
      await fault(app, 'POST /pins', kind, { times: 1, ...more })
      const post = await write(p)
      await schedule(p, post)
      await app.drain()
      await letTimePass(p, minute, 3)
      expect(await pinsOnBoard()).toEqual([])
      await letTimePass(p, 5 * minute, 3)
      expect(await stateOf(p, post.id)).toBe('published')
      expect(await pinsOnBoard()).toHaveLength(1)
    },
  )

  it('and cannot be told at all, a person decides: it is there', async () => {
    await fault(app, 'POST /pins', 'refuse', { times: 2, status: 500 })
    const post = await write(p)
    await schedule(p, post)
    await app.drain()
    await letTimePass(p, 6 * minute, 8)
    const { targets } = await readPost(p, post.id)
    expect(targets[0]).toMatchObject({ state: 'needs_review', can: { resolve: { ok: true } } })
    const resolve = (found: object) =>
      p.person.api('POST', `/targets/${targets[0].id}/resolve`, { found })
    expect((await resolve({ kind: 'there', url: 'https://example.com/pin/1' })).status).toBe(422)
    const linked = await resolve({ kind: 'there', url: 'https://www.pinterest.com/pin/123456/' })
    expect(linked.body).toMatchObject({ state: 'published', externalId: '123456' })
  })

  it('and cannot be told at all, a person decides: it is not there', async () => {
    await fault(app, 'POST /pins', 'refuse', { times: 2, status: 500 })
    const post = await write(p)
    await schedule(p, post)
    await app.drain()
    await letTimePass(p, 6 * minute, 8)
    expect(await stateOf(p, post.id)).toBe('needs_review')
    const { targets } = await readPost(p, post.id)
    await p.person.api('POST', `/targets/${targets[0].id}/resolve`, {
      found: { kind: 'not_there' },
    })
    await app.drain()
    expect(await stateOf(p, post.id)).toBe('published')
    expect(await pinsOnBoard()).toHaveLength(1)
  })

  it('two posts that look the same are not sent at once: each finds its own', async () => {
    await fault(app, 'POST /pins', 'drop-reply', { times: 1 })
    const posts = [await write(p), await write(p)]
    for (const post of posts) await schedule(p, post)
    await app.drain()
    await letTimePass(p, 2 * minute, 5)
    const ids = await Promise.all(
      posts.map(async (post) => (await readPost(p, post.id)).targets[0].externalId),
    )
    expect(new Set(ids).size).toBe(2)
    expect((await pinsOnBoard()).map(({ id }) => id).sort()).toEqual([...ids].sort())
  })
})

describe('while it is being published', () => {
  it('a cancel before the call wins: nothing is sent', async () => {
    const post = await write(p)
    await schedule(p, post)
    const { claimTarget } = await import('./claim-target.ts')
    const { sendTarget } = await import('./send-target.ts')
    const { id } = post.targets[0]
    const claimed = await claimTarget(p.person.scope, id)
    expect((await p.person.api('POST', `/targets/${id}/cancel`)).body.state).toBe('cancelled')
    if (!claimed) throw new Error('It should have been claimed')
    await sendTarget(p.person.scope, claimed.claim, new AbortController().signal)
    expect(await stateOf(p, post.id)).toBe('cancelled')
    expect(await pinsOnBoard()).toEqual([])
  })

  it('an edit, a move and a disconnect before the call win too', async () => {
    p = await newPublisher(app)
    const { claimTarget } = await import('./claim-target.ts')
    const { sendTarget } = await import('./send-target.ts')
    const acts = [
      (post: { id: string; version: number }) =>
        p.person.api('PATCH', `/posts/${post.id}`, { version: post.version, title: 'Changed' }),
      (post: { targets: { id: string }[] }) =>
        p.person.api('POST', `/targets/${post.targets[0]?.id}/reschedule`, {
          to: { local: '2028-03-20T09:15' },
        }),
      () => p.person.api('DELETE', `/connections/${p.connectionId}`),
    ]
    for (const [index, act] of acts.entries()) {
      const post = await write(p, { link: `https://fernandbloom.example/${index}` })
      await schedule(p, post)
      const claimed = await claimTarget(p.person.scope, post.targets[0].id)
      expect((await act(post)).status).toBe(200)
      if (!claimed) throw new Error('It should have been claimed')
      await sendTarget(p.person.scope, claimed.claim, new AbortController().signal)
      expect(await stateOf(p, post.id)).not.toBe('published')
    }
    expect(await pinsOnBoard()).toEqual([])
  })

  it('a second worker gets no lease, and a late one writes nothing', async () => {
    const { claimTarget } = await import('./claim-target.ts')
    const { sendTarget } = await import('./send-target.ts')
    const post = await write(p)
    await schedule(p, post)
    const { id } = post.targets[0]
    const first = await claimTarget(p.person.scope, id)
    expect(await claimTarget(p.person.scope, id)).toBeNull()
    await app.moveTime(31_000)
    const second = await claimTarget(p.person.scope, id)
    if (!first || !second) throw new Error('Both should have been claimed in turn')
    await sendTarget(p.person.scope, second.claim, new AbortController().signal)
    await sendTarget(p.person.scope, first.claim, new AbortController().signal)
    expect(await pinsOnBoard()).toHaveLength(1)
  })
})

describe('a connection', () => {
  it('that is disconnected stops what was scheduled: the network hears nothing for thirty days', async () => {
    p = await newPublisher(app, 'harbourbakery')
    const post = await write(p)
    const tomorrow = new Date(Date.now() + 24 * hour).toISOString().slice(0, 16)
    await schedule(p, post, { when: { kind: 'at', local: tomorrow } })
    const { body: receipt } = await p.person.api('DELETE', `/connections/${p.connectionId}`)
    expect(receipt.lines).toContainEqual(
      expect.objectContaining({ what: 'scheduled posts', outcome: 'stopped' }),
    )
    await app.drain()
    const ledger = 'select count(*)::int from egress_ledger where about_workspace_id = $1'
    const count = async () => (await app.admin.query(ledger, [p.person.workspaceId])).rows[0].count
    const calls = await count()
    await letTimePass(p, 3 * 24 * hour, 10)
    expect(await count()).toBe(calls)
    expect(await pinsOnBoard()).toEqual([])
    const { rows } = await app.admin.query('select state from targets where id = $1', [
      post.targets[0].id,
    ])
    expect(rows[0].state).toBe('cancelled')
  })

  it('whose token ends just before sends on time all the same', async () => {
    p = await newPublisher(app)
    const { rows: found } = await app.admin.query(
      'select access_expires_at as at from connections where id = $1',
      [p.connectionId],
    )
    const due = new Date(found[0].at.getTime() + minute)
    const post = await write(p)
    await schedule(p, post, { when: { kind: 'at', local: '2028-03-20T09:15' } })
    await app.admin.query('update targets set due_at = $1 where id = $2', [due, post.targets[0].id])
    const { publishTarget } = await import('./publish-target.ts')
    await letTimePass(p, due.getTime() - Date.now())
    const payload = { workspaceId: p.person.workspaceId, targetId: post.targets[0].id }
    await publishTarget(app.platform, payload, new AbortController().signal)
    const { rows } = await app.admin.query(
      'select state, published_at from targets where id = $1',
      [post.targets[0].id],
    )
    expect(rows[0].state).toBe('published')
    expect(rows[0].published_at - due.getTime()).toBeLessThan(minute)
  })
})

describe('lists', () => {
  it('find posts by their words, their state and their connection, page by page', async () => {
    p = await newPublisher(app)
    p = await newPublisher(app)
    for (const n of [1, 2, 3]) await write(p, { title: `Tulips ${n}` })
    const scheduled = await write(p, { title: '100% roses_' })
    await schedule(p, scheduled, { when: { kind: 'at', local: '2028-03-20T09:15' } })
    const list = async (query: string) => (await p.person.api('GET', `/posts?${query}`)).body
    expect((await list('search=tulips')).items).toHaveLength(3)
    expect((await list(`search=${encodeURIComponent('0% roses_')}`)).items).toHaveLength(1)
    expect((await list('search=%25')).items).toHaveLength(1)
    expect((await list('state=scheduled')).items).toMatchObject([{ title: '100% roses_' }])
    expect((await list(`connectionId=${p.connectionId}`)).items).toHaveLength(4)
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await list(`limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map((item: { postId: string }) => item.postId))
      cursor = page.nextCursor ?? ''
    } while (cursor)
    expect(new Set(seen).size).toBe(4)
    expect(seen).toHaveLength(4)
  })
})
