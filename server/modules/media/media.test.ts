import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Platform } from '../../platform/context.ts'
import { startTestApp, type TestApp } from '../../test-kit/start-test-app.ts'
import { fileLink } from './file-links.ts'
import { newColleague, newUploader, type Uploader } from './media.fixture.ts'
import { onUses } from './on-uses.ts'
import { prepareAsset } from './prepare-asset.ts'
import { makePhoto, makePngBomb, makeVideo, secrets, secretTags } from './test-files.ts'

const shared = join(import.meta.dirname, '../../../../shared/media')

// Each step of the work is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 })

/** What tells that metadata is in a file: of makers, programs and places. */
const traces = ['http://ns.adobe.com/xap', 'xmpmeta', 'Exif\0\0', 'Nikon', 'Nokia', 'Jolla']
const allTraces = [...traces, 'iPhone', 'Apple', ...secrets]

let app: TestApp
let ana: Uploader
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-media-test-'))
  vi.stubEnv('TMPDIR', folder)
  app = await startTestApp()
  ana = await newUploader(app, 'Ana')
})
afterAll(async () => {
  await app?.stop()
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const storedKeys = async (prefix = `${ana.workspaceId}/`) => {
  const keys: string[] = []
  for await (const { key } of app.platform.storage.list(prefix)) keys.push(key)
  return keys
}
const renditionsOf = async (id: string) => {
  const { rows } = await app.admin.query('select * from renditions where asset_id = $1', [id])
  return rows as { purpose: string; storage_key: string; content_type: string }[]
}
const temporary = async () => (await readdir(folder)).filter((name) => /asset|cover/.test(name))

/** Everything that was made from a file tells nothing of camera, place or owner. */
async function expectClean(id: string): Promise<void> {
  for (const { storage_key, purpose, content_type } of await renditionsOf(id)) {
    const bytes = await ana.send(fileLink(app.platform, storage_key), { headers: { cookie: '' } })
    expect(bytes.status).toBe(200)
    if (content_type.startsWith('image/')) {
      const { exif, xmp, iptc } = await sharp(bytes.bytes).metadata()
      expect({ exif, xmp, iptc }).toEqual({})
    }
    const text = bytes.bytes.toString('latin1')
    expect(
      allTraces.filter((trace) => text.includes(trace)),
      purpose,
    ).toEqual([])
  }
}

describe('a picture', () => {
  it.each([1, 6])('of EXIF orientation %i gets ready, upright and clean', async (orientation) => {
    const file = await ana.add(await makePhoto(orientation), 'roses.jpg')
    expect(file).toMatchObject({ state: 'ready', kind: 'image', width: 300, height: 200 })
    const made = await renditionsOf(file.id)
    expect(made.map(({ purpose }) => purpose).sort()).toEqual(['clean', 'preview', 'thumbnail'])
    const { bytes } = await ana.send(file.previewUrl)
    const [red = 0, , blue = 0] = await sharp(bytes).raw().toBuffer()
    expect(red, 'red stands left').toBeGreaterThan(blue)
    await expectClean(file.id)
    expect(await temporary()).toEqual([])
  })

  it('is announced when it was added and when it is ready', async () => {
    const { id } = await ana.add(await makePhoto(), 'roses.jpg')
    const events = 'select name from events where subject_id = $1 order by position'
    const { rows } = await app.admin.query(events, [id])
    expect(rows.map(({ name }) => name)).toEqual(['asset.added', 'asset.ready'])
  })
})

describe('a video', () => {
  it('gets ready and clean, and can be wound', async () => {
    const path = join(folder, 'rose.mp4')
    await makeVideo(path, { tags: secretTags })
    const file = await ana.add(path, 'rose.mp4')
    expect(file).toMatchObject({ state: 'ready', kind: 'video', progress: null })
    expect(file.durationMs).toBeGreaterThan(0)
    await expectClean(file.id)
    const whole = await ana.send(file.videoUrl)
    const part = await ana.send(file.videoUrl, { headers: { range: 'bytes=100-199' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${whole.bytes.length}`)
    expect(part.bytes).toEqual(whole.bytes.subarray(100, 200))
    const end = await ana.send(file.videoUrl, { headers: { range: 'bytes=-10' } })
    expect(end.bytes).toEqual(whole.bytes.subarray(-10))
    const past = await ana.send(file.videoUrl, { headers: { range: 'bytes=99999999-' } })
    expect(past.status).toBe(416)
    const head = await ana.send(file.videoUrl, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toBe(String(whole.bytes.length))
    expect(await temporary()).toEqual([])
  })
})

describe.skipIf(!existsSync(shared))('files as people have them (needs ../shared/media)', () => {
  it('all become ready and clean, and the turned ones stand upright', async () => {
    const turned = /^(landscape|portrait)-orientation/
    for (const kind of ['photos', 'videos']) {
      for (const name of await readdir(join(shared, kind))) {
        const file = await ana.add(join(shared, kind, name), name)
        expect(file, name).toMatchObject({ state: 'ready', name })
        await expectClean(file.id)
        if (!turned.test(name)) continue
        expect(file.width > file.height, name).toBe(name.startsWith('landscape'))
      }
    }
    expect(await temporary()).toEqual([])
  }, 600_000)
})

describe('a file that is not what it should be', () => {
  const page = Buffer.from('<!doctype html><script>alert(1)</script>')
  it.each([
    ['a page named as a picture', 'x.jpg', async () => page],
    ['a drawing in SVG', 'x.svg', async () => Buffer.from('<svg onload="alert(1)"/>')],
    ['an archive', 'x.jpg', async () => Buffer.from('PK\x03\x04'.padEnd(400, 'x'))],
    ['a picture of too many pixels', 'x.png', () => makePngBomb(30_000, 30_000)],
    ['a picture cut short', 'x.jpg', async () => (await makePhoto()).subarray(0, 1_500)],
    ['noise', 'x.mp4', async () => Buffer.alloc(5_000, 'noise')],
  ])('is refused in words, and not kept: %s', async (_what, name, bytes) => {
    const before = await storedKeys()
    const file = await ana.add(await bytes(), name)
    expect(file).toMatchObject({ state: 'refused', thumbnailUrl: null, videoUrl: null })
    expect(file.refusal).toMatch(/^This .+\. .+\.$/)
    expect(await storedKeys()).toEqual(before)
    expect(await temporary()).toEqual([])
  })
})

describe('the work on a file', () => {
  it('begins again after it was killed, wherever it was, and leaves one of each', async () => {
    for (const killedAt of [1, 2, 3]) {
      const id = await ana.upload(await makePhoto(), 'roses.jpg')
      const payload = { workspaceId: ana.workspaceId, assetId: id }
      const { signal } = new AbortController()
      const dying = prepareAsset(diesAtPut(app.platform, killedAt), payload, signal)
      await expect(dying).rejects.toThrow('killed')
      expect((await ana.asset(id)).state).toBe('processing')
      const before = await renditionsOf(id)
      await app.drain()
      expect((await ana.asset(id)).state).toBe('ready')
      const made = await renditionsOf(id)
      expect(made).toHaveLength(3)
      const keys = made.map(({ storage_key }) => storage_key)
      for (const { storage_key } of before) expect(keys).toContain(storage_key)
      const own = (await storedKeys()).filter((key) => keys.includes(key) || key.endsWith(id))
      expect(own).toHaveLength(4)
    }
  })

  it('leaves nothing when the file is deleted meanwhile', async () => {
    const before = await storedKeys()
    const id = await ana.upload(await makePhoto(), 'roses.jpg')
    const payload = { workspaceId: ana.workspaceId, assetId: id }
    const platform = onPut(app.platform, async (n) => {
      if (n !== 2) return
      expect((await ana.api('DELETE', `/assets/${id}`)).status).toBe(200)
    })
    await prepareAsset(platform, payload, new AbortController().signal)
    await app.drain()
    expect(await storedKeys()).toEqual(before)
  })
})

describe('a link to a file', () => {
  it('holds for some hours, for this file only', async () => {
    const file = await ana.add(await makePhoto(), 'roses.jpg')
    const url = new URL(file.previewUrl, app.url)
    const at = (change: (url: URL) => void) => {
      const changed = new URL(url)
      change(changed)
      return ana.send(changed.pathname + changed.search)
    }
    const good = await at(() => {})
    expect(good.status).toBe(200)
    expect(good.headers.get('content-type')).toBe('image/webp')
    expect(good.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(good.headers.get('x-content-type-options')).toBe('nosniff')
    const other = new URL(file.thumbnailUrl, app.url).pathname
    const original = `/files/${ana.workspaceId}/originals/${file.id}`
    const forged: [string, (url: URL) => void][] = [
      ['no signature', (u) => u.searchParams.delete('signature')],
      ['other signature', (u) => u.searchParams.set('signature', 'A'.repeat(43))],
      ['longer', (u) => u.searchParams.set('expires', String(Date.now() + 9e10))],
      ['not a number', (u) => u.searchParams.set('expires', 'never')],
      ['another file', (u) => (u.pathname = other)],
      ['the original', (u) => (u.pathname = original)],
      ['a way out', (u) => (u.pathname = `/files/..%2f..%2fmaster-key`)],
    ]
    for (const [how, change] of forged) expect((await at(change)).status, how).toBe(404)
    const signedOriginal = fileLink(app.platform, original.slice('/files/'.length))
    expect((await ana.send(signedOriginal)).status, 'originals are never served').toBe(404)
    await app.moveTime(13 * 3_600_000)
    expect((await at(() => {})).status, 'too old').toBe(404)
  })
})

describe('deleting', () => {
  it('removes the file and all that was made of it, and leaves an equal one whole', async () => {
    const photo = await makePhoto()
    const kept = await ana.add(photo, 'kept.jpg')
    const before = await storedKeys()
    const gone = await ana.add(photo, 'gone.jpg')
    expect((await ana.api('DELETE', `/assets/${gone.id}`)).body).toEqual({ deleted: true })
    expect((await ana.send(gone.previewUrl)).status, 'until the job has run').toBe(200)
    await app.drain()
    expect((await ana.send(gone.previewUrl)).status).toBe(404)
    expect((await ana.send(kept.previewUrl)).status).toBe(200)
    expect(await storedKeys()).toEqual(before)
  })

  it('is refused while a post uses the file, and says so before', async () => {
    const { id } = await ana.add(await makePhoto(), 'used.jpg')
    const post = await ana.api('POST', '/posts', { media: [{ assetId: id }] })
    expect(post.status).toBe(201)
    const why = '1 post uses it.'
    expect((await ana.asset(id)).can.delete).toEqual({ ok: false, why })
    const answer = await ana.api('DELETE', `/assets/${id}`)
    expect(answer.status).toBe(409)
    expect(answer.body.error.message).toBe('1 post uses this file.')
    expect((await ana.asset(id)).state).toBe('ready')
  })

  it('is refused by the database, should a use not be counted', async () => {
    const { id } = await ana.add(await makePhoto(), 'used.jpg')
    await ana.api('POST', '/posts', { media: [{ assetId: id }] })
    onUses(async () => new Map())
    const answer = await ana.api('DELETE', `/assets/${id}`)
    expect(answer.status).toBe(409)
    expect(answer.body.error.message).toBe('A post uses this file.')
  })

  it('is not for those who may only look', async () => {
    const { id } = await ana.add(await makePhoto(), 'rose.jpg')
    const viewer = await newColleague(ana, 'viewer')
    expect((await viewer.api('DELETE', `/assets/${id}`)).status).toBe(403)
    expect((await viewer.api('PATCH', `/assets/${id}`, { name: 'mine' })).status).toBe(403)
    expect((await viewer.asset(id)).can.delete.ok).toBe(false)
  })
})

describe('the library', () => {
  it('is searched by name and words, newest first, and renamed', async () => {
    const { id } = await ana.add(await makePhoto(), 'dahlia_100%.jpg')
    const altText = 'A dahlia'
    const changed = await ana.api('PATCH', `/assets/${id}`, { name: 'Dahlia 100%', altText })
    expect(changed.body).toMatchObject({ name: 'Dahlia 100%', altText })
    const found = async (search: string) => {
      const { body } = await ana.api('GET', `/assets?search=${encodeURIComponent(search)}`)
      return body.items.map((one: { id: string }) => one.id)
    }
    expect(await found('100%')).toEqual([id])
    expect(await found('a dahl')).toEqual([id])
    expect(await found('dahlia_')).toEqual([])
  })

  it('shows nothing of another workspace by any route', async () => {
    const { id } = await ana.add(await makePhoto(), 'rose.jpg')
    const eve = await newUploader(app, 'Eve')
    for (const method of ['GET', 'DELETE']) {
      expect((await eve.api(method, `/assets/${id}`)).status).toBe(404)
    }
    expect((await eve.api('PATCH', `/assets/${id}`, { name: 'mine' })).status).toBe(404)
    expect((await eve.api('GET', '/assets')).body.items).toEqual([])
    const post = await eve.api('POST', '/posts', { media: [{ assetId: id }] })
    expect(post.status).toBe(422)
  })
})

/** The platform, with something happening before the n-th file is stored. */
function onPut(platform: Platform, act: (n: number) => Promise<void>): Platform {
  let count = 0
  const put: Platform['storage']['put'] = async (...args) => {
    count += 1
    await act(count)
    return platform.storage.put(...args)
  }
  return { ...platform, storage: { ...platform.storage, put } }
}

const diesAtPut = (platform: Platform, at: number) =>
  onPut(platform, async (n) => {
    if (n === at) throw new Error('killed')
  })
