import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type Body, picture, TestWorld, uploadForm, video } from '../../test-kit.ts'

let world: TestWorld
let token: string
let board: string
beforeAll(async () => {
  world = await TestWorld.start()
})
beforeEach(async () => {
  await world.control('POST', '/reset')
  token = await world.grant()
  board = await world.firstBoard()
})
afterAll(() => world.close())

const STORAGE = '/pinterest-media-upload.s3-accelerate.amazonaws.com/'

async function register() {
  const { status, body } = await world.api(token, 'POST', '/media', { media_type: 'video' })
  expect(status).toBe(201)
  return body as { media_id: string; upload_url: string; upload_parameters: Record<string, string> }
}

const upload = (
  parameters: Record<string, string>,
  bytes: Buffer,
  headers: Record<string, string> = {},
) => world.fetch(STORAGE, { method: 'POST', headers, body: uploadForm(parameters, bytes) })

const statusOf = async (id: string) => (await world.api(token, 'GET', `/media/${id}`)).body.status

/** The reading of the file itself takes real time, however little. */
async function processed(id: string) {
  await world.control('POST', '/clock', { advanceMs: 2000 })
  await vi.waitFor(async () => expect(await statusOf(id)).not.toBe('processing'))
  return statusOf(id)
}

const pinOf = (media_id: string, cover: Body) =>
  world.api(token, 'POST', '/pins', {
    board_id: board,
    media_source: { source_type: 'video_id', media_id, ...cover },
  })

it('goes from registered over processing to succeeded, and becomes a pin', async () => {
  await world.control('POST', '/clock', { rate: 0 })
  const { media_id, upload_url, upload_parameters } = await register()
  expect(upload_url).toBe('https://pinterest-media-upload.s3-accelerate.amazonaws.com/')
  expect(await statusOf(media_id)).toBe('registered')
  const bytes = await video(6)
  const sent = await upload(upload_parameters, bytes)
  expect([sent.status, sent.text]).toEqual([204, ''])
  expect(await statusOf(media_id)).toBe('processing')
  const early = await pinOf(media_id, { cover_image_key_frame_time: 1 })
  expect([early.status, early.body.code]).toEqual([400, 1])
  expect(await processed(media_id)).toBe('succeeded')
  const made = await pinOf(media_id, {
    cover_image_content_type: 'image/jpeg',
    cover_image_data: await picture(),
  })
  expect(made.body).toMatchObject({
    creative_type: 'VIDEO',
    media: { media_type: 'video', duration: 6000, width: 720, height: 1280 },
  })
  const page = await world.fetch(`/www.pinterest.com/pin/${made.body.id}/`)
  const [, source = ''] = /<video[^>]* src="([^"#]+)/.exec(page.text) ?? []
  const part = await fetch(`${world.url}${source}`, { headers: { range: 'bytes=4-7' } })
  expect([part.status, await part.text()]).toEqual([206, 'ftyp'])
})

it('needs a cover', async () => {
  const { media_id, upload_parameters } = await register()
  await upload(upload_parameters, await video(5))
  await processed(media_id)
  expect((await pinOf(media_id, {})).body.message).toContain('cover')
  expect((await pinOf(media_id, { cover_image_key_frame_time: 2 })).status).toBe(201)
})

it.each([
  ['is no video', async () => Buffer.from('not a video at all')],
  ['is empty', async () => Buffer.alloc(0)],
  ['is too short', () => video(3)],
  ['has a codec that is not taken', () => video(6, 'vp9')],
  ['is cut in the middle', async () => (await video(6)).subarray(0, 300)],
])('fails when the file %s', async (_name, make) => {
  const { media_id, upload_parameters } = await register()
  expect((await upload(upload_parameters, await make())).status).toBe(204)
  expect(await processed(media_id)).toBe('failed')
  expect((await pinOf(media_id, { cover_image_key_frame_time: 0 })).status).toBe(400)
})

it('refuses an upload with the storage’s own XML', async () => {
  const { upload_parameters } = await register()
  const bytes = await video(5)
  const withAuthorization = await upload(upload_parameters, bytes, { authorization: 'Bearer x' })
  expect(withAuthorization.status).toBe(400)
  expect(withAuthorization.text).toContain('<Code>InvalidArgument</Code>')
  const changed = await upload({ ...upload_parameters, policy: 'x' }, bytes)
  expect([changed.status, changed.headers.get('content-type')]).toEqual([403, 'application/xml'])
  await world.control('POST', '/clock', { advanceMs: 61 * 60_000 })
  const late = await upload(upload_parameters, bytes)
  expect(late.status).toBe(403)
  expect(late.text).toContain('Policy expired')
})

it('ignores fields after the file and refuses a form without one', async () => {
  const { upload_parameters } = await register()
  const { policy = '', ...others } = upload_parameters
  const form = uploadForm(others, await video(5))
  form.append('policy', policy)
  expect((await world.fetch(STORAGE, { method: 'POST', body: form })).status).toBe(403)
  const empty = new FormData()
  for (const [name, value] of Object.entries(upload_parameters)) empty.append(name, value)
  expect((await world.fetch(STORAGE, { method: 'POST', body: empty })).status).toBe(400)
})

it('stores a large upload to the byte, whatever the pieces it arrives in', async () => {
  const { media_id, upload_parameters } = await register()
  const bytes = Buffer.alloc(9_000_001, '\r\n--')
  expect((await upload(upload_parameters, bytes)).status).toBe(204)
  const media = world.sandbox.world.pinterest.media.get(media_id)
  const stored = await world.sandbox.world.files.size(media?.file ?? '')
  expect(stored).toBe(bytes.length)
})
