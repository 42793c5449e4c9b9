import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Asker, ask, type Input, startWorld, type World } from './two-workspaces.fixture.ts'

let world: World
let owner: Asker

beforeAll(async () => {
  world = await startWorld()
  owner = asker('owner')
}, 60_000)
afterAll(() => world?.stop())

const asker = (name: string) => world.askers.find((one) => one.name === name) as Asker

async function create(path: string, body: Input, key: string, by = owner) {
  return ask(`${world.app.url}/api/v1${path}`, {
    method: 'POST',
    headers: { ...by.headers, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  })
}

async function count(table: string, where: string, value: string): Promise<number> {
  const { rows } = await world.app.admin.query<{ count: number }>(
    `select count(*)::int as count from ${table} where ${where} = $1`,
    [value],
  )
  return rows[0]?.count ?? -1
}

describe('a call with an Idempotency-Key', () => {
  it('that is repeated gets the same answer and does nothing', async () => {
    const [title, key] = [randomUUID(), randomUUID()]
    const first = await create('/posts', { title }, key)
    const again = await create('/posts', { title }, key)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    expect(await count('posts', 'title', title)).toBe(1)
  })

  it('that comes twenty times at once makes one post', async () => {
    const [title, key] = [randomUUID(), randomUUID()]
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => create('/posts', { title }, key)),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(await count('posts', 'title', title)).toBe(1)
  })

  it('that says something else is refused', async () => {
    const [title, key] = [randomUUID(), randomUUID()]
    await create('/posts', { title }, key)
    const other = await create('/posts', { title: 'Another' }, key)
    expect([other.status, other.body.error.code]).toEqual([409, 'idempotency_mismatch'])
    const invitation = { email: 'ana@example.com', role: 'viewer' }
    const elsewhere = await create('/invitations', invitation, key)
    expect([elsewhere.status, elsewhere.body.error.code]).toEqual([409, 'idempotency_mismatch'])
  })

  it('is the caller’s own: another member may use the same key', async () => {
    const [title, key] = [randomUUID(), randomUUID()]
    const mine = await create('/posts', { title }, key)
    const theirs = await create('/posts', { title: 'Another' }, key, asker('editor'))
    expect([mine.status, theirs.status]).toEqual([201, 201])
    expect(theirs.body.id).not.toBe(mine.body.id)
  })

  it('that failed leaves no key, so that it can be sent again when it is right', async () => {
    const key = randomUUID()
    const wrong = { title: 'T', media: [{ assetId: randomUUID() }] }
    expect((await create('/posts', wrong, key)).status).toBe(422)
    expect(await count('idempotent_calls', 'key', key)).toBe(0)
    expect((await create('/posts', { title: 'T' }, key)).status).toBe(201)
  })

  it('keeps no secret: the repetition is told so', async () => {
    const key = randomUUID()
    const wanted = { name: 'Once', permissions: ['read'] }
    const first = await create('/api-keys', wanted, key)
    expect(first.status).toBe(201)
    const { rows } = await world.app.admin.query(
      'select answer from idempotent_calls where key = $1',
      [key],
    )
    expect(rows).toEqual([{ answer: null }])
    const again = await create('/api-keys', wanted, key)
    expect([again.status, again.body.error.code]).toEqual([409, 'conflict'])
    expect(again.text).not.toContain(first.body.key)
  })

  it('takes no key that could not be one', async () => {
    for (const key of ['x'.repeat(256), 'a b', 'ü']) {
      const { status } = await create('/posts', { title: 'T' }, encodeHeader(key))
      expect(status, key).toBe(400)
    }
  })
})

// A header carries bytes, not letters.
const encodeHeader = (text: string) => Buffer.from(text).toString('latin1')

describe('a kept answer', () => {
  afterEach(() => world.app.resetTime())

  it('is absent after 24 hours to the second, before any sweep', async () => {
    const [title, key] = [randomUUID(), randomUUID()]
    const first = await create('/posts', { title }, key)
    await world.app.moveTime(86_400_000 - 60_000)
    expect((await create('/posts', { title }, key)).body.id).toBe(first.body.id)
    await world.app.moveTime(61_000)
    const late = await create('/posts', { title }, key)
    expect(late.status).toBe(201)
    expect(late.body.id).not.toBe(first.body.id)
    expect(await count('idempotent_calls', 'key', key)).toBe(1)
    // Twenty at once find the same: one takes the place of what is over.
    await world.app.moveTime(86_401_000)
    const all = await Promise.all(
      Array.from({ length: 20 }, () => create('/posts', { title }, key)),
    )
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1)
    expect(await count('posts', 'title', title)).toBe(3)
  })
})
