import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { APP, type Body, image, picture, TestWorld } from '../../test-kit.ts'

let world: TestWorld
let token: string
let board: string
let jpeg: string
let site: Server
let siteUrl: string

beforeAll(async () => {
  world = await TestWorld.start()
  jpeg = await picture()
  site = createServer((request, response) => {
    if (request.url === '/image.jpg') response.end(Buffer.from(jpeg, 'base64'))
    else if (request.url === '/page') response.end('<html>not a picture</html>')
    else response.writeHead(404).end()
  })
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done))
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
})
beforeEach(async () => {
  await world.control('POST', '/reset')
  token = await world.grant()
  board = await world.firstBoard()
})
afterAll(async () => {
  await world.close()
  await new Promise((done) => site.close(done))
})

const create = (change: Body = {}) =>
  world.api(token, 'POST', '/pins', {
    board_id: board,
    title: 'Hello',
    media_source: image(jpeg),
    ...change,
  })

describe('a pin', () => {
  it('is created, listed first, read and deleted', async () => {
    const made = await create({
      link: 'https://example.com/?a=1',
      ai_disclosures: { values: ['AI_MODIFIED'] },
    })
    expect(made.status).toBe(201)
    expect(made.headers.get('x-pinterest-rid')).toMatch(/^\d+$/)
    const id = String(made.body.id)
    expect(Number.isSafeInteger(Number(id))).toBe(false)
    const list = await world.api(token, 'GET', `/boards/${board}/pins?page_size=1`)
    expect((list.body.items as Body[])[0]).toMatchObject({ id, link: 'https://example.com/?a=1' })
    expect((await world.api(token, 'DELETE', `/pins/${id}`)).status).toBe(204)
    const gone = await world.api(token, 'GET', `/pins/${id}`)
    expect([gone.status, gone.body.code]).toEqual([404, 50])
    expect(world.history().map(({ type }) => type)).toEqual(['pin.created', 'pin.deleted'])
  })

  it('tells the history who, where and what, with the request id', async () => {
    const made = await create({ link: 'https://example.com/?a=2' })
    expect(world.history('pin.created')).toMatchObject([
      {
        id: made.body.id,
        account: 'fernandbloom',
        board,
        title: 'Hello',
        link: 'https://example.com/?a=2',
        requestId: made.headers.get('x-pinterest-rid'),
        fault: null,
      },
    ])
  })

  it('shows its picture in every size', async () => {
    const { body } = await create()
    const { images } = body.media as { images: Record<string, { url: string }> }
    for (const size of ['150x150', '400x300', '600x', '1200x']) {
      const path = images[size]?.url.replace('https:/', '') ?? ''
      const reply = await fetch(`${world.url}${path}`)
      expect([size, reply.status, reply.headers.get('content-type')]).toEqual([
        size,
        200,
        'image/jpeg',
      ])
    }
  })

  it('counts text in UTF-16 units', async () => {
    expect((await create({ title: '🌿'.repeat(50) })).status).toBe(201)
    const refused = await create({ title: '🌿'.repeat(51) })
    expect([refused.status, refused.body.code]).toEqual([400, 1])
    expect(refused.body.message).toContain('title')
  })

  it.each([
    ['an unknown field', { titel: 'x' }, 400, 1, 'titel'],
    [
      'an unknown field in the media',
      { media_source: { source_type: 'image_url', url: 'http://localhost/a', alt: 'x' } },
      400,
      1,
      'alt',
    ],
    ['a description over 800', { description: 'x'.repeat(801) }, 400, 1, 'description'],
    ['an alt text over 500', { alt_text: 'x'.repeat(501) }, 400, 1, 'alt_text'],
    ['a link over 2048', { link: `https://example.com/${'x'.repeat(2048)}` }, 400, 1, 'link'],
    ['a link that is no web address', { link: 'javascript:alert(1)' }, 400, 1, 'link'],
    ['a board id that is a number', { board_id: 12 }, 400, 1, 'board_id'],
    ['no media', { media_source: undefined }, 400, 1, 'media_source'],
    ['a board that does not exist', { board_id: '42' }, 404, 404, 'Board not found'],
    ['a section that does not exist', { board_section_id: '42' }, 404, 404, 'section'],
    [
      'bytes that are no image',
      { media_source: image(Buffer.from('<html>').toString('base64')) },
      400,
      1,
      'JPEG and PNG',
    ],
    ['base64 with a hole', { media_source: image('!!!!') }, 400, 1, 'base64'],
    [
      'an address outside this machine',
      { media_source: { source_type: 'image_url', url: 'https://example.com/a.jpg' } },
      400,
      1,
      'Unable to reach the URL',
    ],
  ])('is refused with %s', async (_name, change, status, code, words) => {
    const reply = await create(change)
    expect([reply.status, reply.body.code]).toEqual([status, code])
    expect(reply.body.message).toContain(words)
    expect(world.history('pin.created')).toEqual([])
    expect(world.history('write.refused')).toMatchObject([
      { status, code, account: 'fernandbloom' },
    ])
  })

  it('is refused when the bytes are not what content_type says, or are cut short', async () => {
    const lie = await create({ media_source: image(jpeg, 'image/png') })
    expect(lie.status).toBe(400)
    const half = Buffer.from(jpeg, 'base64').subarray(0, -40).toString('base64')
    expect((await create({ media_source: image(half) })).status).toBe(400)
    const png = Buffer.from(await picture('png'), 'base64')
    const cut = image(png.subarray(0, -20).toString('base64'), 'image/png')
    expect((await create({ media_source: cut })).status).toBe(400)
  })

  it('is refused on another account’s board, in another board’s section', async () => {
    const foreign = await create({ board_id: await world.firstBoard('oakandiron') })
    expect([foreign.status, foreign.body.code]).toEqual([403, 7])
    const boards = await world.boards()
    const sections = await world.api(token, 'GET', `/boards/${boards.get('Weddings')}/sections`)
    const [section] = sections.body.items as { id: string }[]
    expect((await create({ board_section_id: section?.id })).status).toBe(404)
  })

  it('is refused over 20 MB and taken under it', async () => {
    const bytes = Buffer.from(jpeg, 'base64')
    const padded = (size: number) => Buffer.concat([bytes, Buffer.alloc(size - bytes.length)])
    const limit = 20 * 1024 * 1024
    expect((await create({ media_source: image(padded(limit).toString('base64')) })).status).toBe(
      201,
    )
    expect(
      (await create({ media_source: image(padded(limit + 3).toString('base64')) })).status,
    ).toBe(400)
  })

  it('fetches an image_url on this machine, and only an image', async () => {
    const from = (path: string) =>
      create({ media_source: { source_type: 'image_url', url: `${siteUrl}${path}` } })
    expect((await from('/image.jpg')).status).toBe(201)
    expect((await from('/page')).body.code).toBe(1)
    expect((await from('/nothing')).body.message).toContain('Unable to reach the URL')
  })

  it('is a carousel with two to five pictures', async () => {
    const item = {
      content_type: 'image/jpeg',
      data: jpeg,
      title: 'One',
      link: 'https://example.com',
    }
    const many = (count: number) =>
      create({
        media_source: {
          source_type: 'multiple_image_base64',
          index: 0,
          items: Array(count).fill(item),
        },
      })
    const made = await many(3)
    expect(made.body).toMatchObject({
      creative_type: 'CAROUSEL',
      media: { media_type: 'multiple_images' },
    })
    expect((await many(1)).status).toBe(400)
    expect((await many(6)).status).toBe(400)
    const urls = [`${siteUrl}/image.jpg`, `${siteUrl}/image.jpg`].map((url) => ({ url }))
    const fetched = await create({
      media_source: { source_type: 'multiple_image_urls', items: urls },
    })
    expect(fetched.status).toBe(201)
  })

  it('names the scope that is missing', async () => {
    const reader = await world.grant('fernandbloom', ['boards:read', 'pins:read'])
    const refused = await world.api(reader, 'POST', '/pins', { board_id: board })
    expect([refused.status, refused.body.code]).toEqual([403, 3])
    expect(refused.body.message).toContain("'boards:write', 'pins:write'")
  })

  it('is refused in production to an app with trial access, but not in the vendor’s sandbox', async () => {
    await world.control('PATCH', `/pinterest/apps/${APP.id}`, { tier: 'trial' })
    const refused = await create()
    expect([refused.status, refused.body.code]).toEqual([403, 29])
    expect(refused.body.message).toContain('Trial access')
    const taken = await world.fetch('/api-sandbox.pinterest.com/v5/pins', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ board_id: board, media_source: image(jpeg) }),
    })
    expect(taken.status).toBe(201)
  })
})

describe('rate limits', () => {
  it('count writes by account and minute, and say when they end', async () => {
    await world.control('PATCH', `/pinterest/apps/${APP.id}`, { limits: { org_write: 2 } })
    const first = await create()
    expect(first.headers.get('x-ratelimit-limit')).toBe('2')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1')
    await create()
    const over = await create()
    expect([over.status, over.body.code]).toEqual([429, 8])
    const reset = Number(over.headers.get('x-ratelimit-reset'))
    expect(reset).toBeGreaterThan(0)
    const other = await world.grant('oakandiron')
    expect((await world.api(other, 'GET', '/boards')).status).toBe(200)
    await world.control('POST', '/clock', { advanceMs: reset * 1000 })
    expect((await create()).status).toBe(201)
  })
})

describe('lists', () => {
  it('page newest first with an opaque bookmark, through deleted pins, to the end', async () => {
    const { body: added } = await world.control('POST', '/pinterest/boards', {
      account: 'fernandbloom',
      name: 'Paging',
    })
    const ids: string[] = []
    for (let index = 0; index < 7; index += 1) {
      const made = await create({ board_id: added.id, title: `Pin ${index}` })
      ids.push(String(made.body.id))
    }
    await world.api(token, 'DELETE', `/pins/${ids[0]}`)
    await world.api(token, 'DELETE', `/pins/${ids[4]}`)
    const seen: string[] = []
    let bookmark: unknown
    do {
      const query = bookmark ? `&bookmark=${bookmark}` : ''
      const page = await world.api(token, 'GET', `/boards/${added.id}/pins?page_size=2${query}`)
      for (const pin of page.body.items as Body[]) seen.push(String(pin.id))
      bookmark = page.body.bookmark
    } while (bookmark)
    expect(seen).toEqual([ids[6], ids[5], ids[3], ids[2], ids[1]])
  })

  it.each(['page_size=0', 'page_size=251', 'page_size=many', 'pageSize=2', 'bookmark=made-up'])(
    'refuse %s',
    async (query) => {
      const reply = await world.api(token, 'GET', `/boards/${board}/pins?${query}`)
      expect([reply.status, reply.body.code]).toEqual([400, 1])
    },
  )

  it('show secret boards only to whom has the scope', async () => {
    const names = async (as: string) => {
      const { body } = await world.api(as, 'GET', '/boards?page_size=250')
      return (body.items as { name: string }[]).map(({ name }) => name)
    }
    expect(await names(token)).not.toContain('Not yet announced')
    const trusted = await world.grant('fernandbloom', ['boards:read', 'boards:read_secret'])
    expect(await names(trusted)).toContain('Not yet announced')
  })
})
