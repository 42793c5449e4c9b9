import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Body, image, picture, TestWorld, uploadForm, video } from './test-kit.ts'

let world: TestWorld
let token: string
let board: string
let jpeg: string
beforeAll(async () => {
  world = await TestWorld.start({ seed: 'faults' })
  jpeg = await picture()
})
beforeEach(async () => {
  await world.control('POST', '/reset')
  token = await world.grant()
  board = await world.firstBoard()
})
afterAll(() => world.close())

const create = (title = 'Hello') =>
  world.api(token, 'POST', '/pins', { board_id: board, title, media_source: image(jpeg) })
const add = (fault: Body) => world.control('POST', '/faults', { operation: 'POST /pins', ...fault })
const pinsOnBoard = () => world.sandbox.world.pinterest.pinsOn(board).size

describe('before any effect', () => {
  it.each([
    [{ kind: 'refuse', status: 503 }, 503, '"code":503'],
    [{ kind: 'refuse', status: 502, body: 'html' }, 502, '<!doctype html>'],
    [{ kind: 'refuse', status: 500, body: 'truncated' }, 500, '{"code":500,'],
    [{ kind: 'refuse', status: 500, body: 'empty' }, 500, ''],
    [{ kind: 'refuse', status: 400, code: 1, message: 'No.' }, 400, '{"code":1,"message":"No."}'],
    [{ kind: 'spam' }, 429, 'spam'],
  ])('%o is answered and nothing is done', async (fault, status, words) => {
    await add(fault)
    const before = pinsOnBoard()
    const reply = await create()
    expect(reply.status).toBe(status)
    expect(reply.text).toContain(words)
    expect(pinsOnBoard()).toBe(before)
    expect(world.history('write.refused')).toMatchObject([{ fault: fault.kind, status }])
    expect((await create()).status).toBe(201)
  })

  it('a rate limit sends the headers that were asked for and no others', async () => {
    await add({ kind: 'rate-limit', retryAfter: 7, reset: 9 })
    const told = await create()
    expect([told.status, told.body.code]).toEqual([429, 8])
    expect(told.headers.get('retry-after')).toBe('7')
    expect(told.headers.get('x-ratelimit-reset')).toBe('9')
    await add({ kind: 'rate-limit' })
    const untold = await create()
    expect(untold.headers.has('retry-after')).toBe(false)
    expect(untold.headers.has('x-ratelimit-reset')).toBe(false)
  })

  it('a dropped or hanging call does nothing', async () => {
    const before = pinsOnBoard()
    await add({ kind: 'drop-before' })
    await expect(create()).rejects.toThrow('fetch failed')
    await add({ kind: 'hang-before' })
    await expect(hanging()).rejects.toThrow('aborted')
    expect(pinsOnBoard()).toBe(before)
  })
})

function hanging() {
  return world.fetch('/api.pinterest.com/v5/pins', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ board_id: board, media_source: image(jpeg) }),
    signal: AbortSignal.timeout(300),
  })
}

describe('after the effect', () => {
  it('drop-reply performs the call and then drops the connection', async () => {
    const before = pinsOnBoard()
    await add({ kind: 'drop-reply' })
    await expect(create('Lost reply')).rejects.toThrow('fetch failed')
    expect(pinsOnBoard()).toBe(before + 1)
    expect(world.history('pin.created')).toMatchObject([
      { title: 'Lost reply', fault: 'drop-reply' },
    ])
  })

  it('accept-then-error, -hang and -truncate perform it too', async () => {
    const before = pinsOnBoard()
    await add({ kind: 'accept-then-error', status: 500 })
    expect((await create()).status).toBe(500)
    await add({ kind: 'accept-then-hang' })
    await expect(hanging()).rejects.toThrow('aborted')
    await add({ kind: 'accept-then-truncate' })
    const cut = await create()
    expect(cut.status).toBe(201)
    expect(() => JSON.parse(cut.text)).toThrow(SyntaxError)
    expect(pinsOnBoard()).toBe(before + 3)
    expect(world.history('write.refused')).toEqual([])
  })

  it('leaves a call alone that is refused anyway', async () => {
    await add({ kind: 'drop-reply' })
    const reply = await world.api(token, 'POST', '/pins', { board_id: board })
    expect(reply.status).toBe(400)
  })
})

describe('arranged by a fault', () => {
  it('a token expires, is revoked, or loses a scope just before the call', async () => {
    await add({ kind: 'token-expired' })
    expect((await create()).body.code).toBe(2)
    token = await world.grant()
    await add({ kind: 'scope-lost' })
    const lost = await create()
    expect([lost.status, lost.body.code]).toEqual([403, 3])
    token = await world.grant()
    await add({ kind: 'token-revoked' })
    expect((await create()).status).toBe(401)
  })

  it('a board is gone just before the pin', async () => {
    await add({ kind: 'board-deleted' })
    const reply = await create()
    expect([reply.status, reply.body.code]).toEqual([404, 404])
    expect((await world.api(token, 'GET', `/boards/${board}`)).status).toBe(404)
  })

  it('a video fails, and the storage refuses', async () => {
    await world.control('PATCH', '/pinterest', { processingMs: 0 })
    const { body } = await world.api(token, 'POST', '/media', { media_type: 'video' })
    const send = async () =>
      world.fetch('/pinterest-media-upload.s3-accelerate.amazonaws.com/', {
        method: 'POST',
        body: uploadForm(body.upload_parameters as Record<string, string>, await video(5)),
      })
    await world.control('POST', '/faults', { kind: 's3-403', operation: 'POST /s3-upload' })
    const refused = await send()
    expect([refused.status, refused.text.includes('AccessDenied')]).toEqual([403, true])
    await world.control('POST', '/faults', { kind: 'media-fail', operation: 'POST /s3-upload' })
    expect((await send()).status).toBe(204)
    await expect
      .poll(async () => (await world.api(token, 'GET', `/media/${body.media_id}`)).body.status)
      .toBe('failed')
  })
})

describe('rules', () => {
  it('fit by operation, account and number of times', async () => {
    await add({ kind: 'refuse', operation: 'GET /boards/*', times: 2, account: 'fernandbloom' })
    const other = await world.grant('oakandiron')
    const get = async (as: string, path: string) => (await world.api(as, 'GET', path)).status
    const foreign = await world.firstBoard('oakandiron')
    expect(await get(other, `/boards/${foreign}/pins`)).toBe(200)
    expect(await get(token, '/boards')).toBe(200)
    expect(await get(token, `/boards/${board}/pins`)).toBe(503)
    expect(await get(token, `/boards/${board}`)).toBe(503)
    expect(await get(token, `/boards/${board}`)).toBe(200)
    expect((await world.control('GET', '/faults')).body.rules).toEqual([])
  })

  it('draw the same lots in every run with the same seed', async () => {
    const run = async () => {
      const own = await TestWorld.start({ seed: 'same' })
      const as = await own.grant()
      await own.control('POST', '/faults', { kind: 'refuse', probability: 0.4 })
      const drawn: number[] = []
      for (let call = 0; call < 20; call += 1) {
        drawn.push((await own.api(as, 'GET', '/user_account')).status)
      }
      await own.close()
      return drawn
    }
    const first = await run()
    expect(new Set(first)).toEqual(new Set([200, 503]))
    expect(await run()).toEqual(first)
  })

  it('are refused when they make no sense', async () => {
    const reply = await world.fetch('/_sandbox/faults', {
      method: 'POST',
      body: '{"kind":"explode"}',
    })
    expect(reply.status).toBe(400)
    expect(reply.body.error).toContain('kind')
  })
})
