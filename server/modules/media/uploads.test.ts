import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startApp } from '../../app.ts'
import { createHttp } from '../../platform/http.ts'
import { defineJob } from '../../platform/jobs.ts'
import { startTestApp, type TestApp } from '../../test-kit/start-test-app.ts'
import { newColleague, newUploader, type Uploader } from './media.fixture.ts'
import { makePhoto } from './test-files.ts'
import { uploadPath } from './upload-files.ts'
import { mountUploads } from './uploads.ts'

let app: TestApp
let ana: Uploader
let photo: Buffer
beforeAll(async () => {
  app = await startTestApp()
  ana = await newUploader(app, 'Ana')
  photo = await makePhoto()
}, 90_000)
afterAll(() => app?.stop())

const idIn = (path: string) => path.split('.').at(-1) ?? ''
const partOf = (path: string) => uploadPath(app.platform.config, idIn(path))
const half = () => Math.floor(photo.length / 2)
const root = '/api/v1/uploads'

describe('an upload', () => {
  it('becomes a file of the library that is named in the last answer', async () => {
    const id = await ana.upload(photo, 'Roses.jpg', 1_000)
    const file = await ana.asset(id)
    expect(file).toMatchObject({ name: 'Roses.jpg', state: 'processing', bytes: photo.length })
  })

  it('goes on from where a cut connection left it', async () => {
    const path = await ana.begin(photo.length)
    await cutAfter(path, photo.subarray(0, half()))
    expect(await ana.offsetOf(path)).toBe(half())
    const last = await ana.patch(path, half(), photo.subarray(half()))
    expect(last.status).toBe(204)
    expect(await storedOriginal(idIn(path))).toEqual(photo)
  })

  it('is refused at another offset than the one that it has', async () => {
    const path = await ana.begin(photo.length)
    await ana.patch(path, 0, photo.subarray(0, 100))
    const answer = await ana.patch(path, 50, photo.subarray(50))
    expect(answer.status).toBe(409)
    expect(answer.body.error.code).toBe('conflict')
    expect(await ana.offsetOf(path)).toBe(100)
  })

  it('goes on at another server after the one that began it has stopped', async () => {
    const first = await startApp({ ...app.platform.config, port: 0 }, app.platform.log)
    const url = first.url.replace(/\/\/.*:/, '//127.0.0.1:')
    const path = await ana.begin(photo.length, 'photo.jpg', url)
    await ana.patch(path, 0, photo.subarray(0, half()), url)
    await first.stop()
    expect(await ana.offsetOf(path)).toBe(half())
    await ana.patch(path, half(), photo.subarray(half()))
    expect((await ana.asset(idIn(path))).bytes).toBe(photo.length)
  })

  it('ends when it is asked for, if the server died after the last byte', async () => {
    const path = await ana.begin(photo.length)
    await writeFile(partOf(path), photo)
    const asked = await ana.tus('HEAD', path, {})
    expect(asked.headers.get('upload-offset')).toBe(String(photo.length))
    expect(asked.headers.get('avow-asset-id')).toBe(idIn(path))
    expect(await storedOriginal(idIn(path))).toEqual(photo)
    expect(existsSync(partOf(path))).toBe(false)
    expect(await ana.offsetOf(path), 'asked again').toBe(photo.length)
  })

  it('can be given up, and leaves nothing', async () => {
    const path = await ana.begin(photo.length)
    await ana.patch(path, 0, photo.subarray(0, 100))
    expect((await ana.tus('DELETE', path, {})).status).toBe(204)
    expect(existsSync(partOf(path))).toBe(false)
    expect((await ana.tus('HEAD', path, {})).status).toBe(404)
  })

  it('is swept after three days, with the bytes that had come', async () => {
    const path = await ana.begin(photo.length)
    await ana.patch(path, 0, photo.subarray(0, 100))
    const days = 86_400_000
    await app.moveTime(3 * days + 60_000)
    await ana.signIn()
    expect((await ana.tus('HEAD', path, {})).status).toBe(404)
    const sweep = defineJob('privacy.sweep', z.object({}))
    await app.platform.database.global((tx) => app.platform.jobs.send(tx, sweep, {}))
    await app.drain()
    const rows = await app.admin.query('select 1 from uploads where id = $1', [idIn(path)])
    expect(rows.rowCount).toBe(0)
    expect(existsSync(partOf(path))).toBe(false)
  })
})

describe('an upload is refused in words', () => {
  it.each([
    ['0', 422, 'This file is empty.'],
    [String(2 * 1024 ** 3 + 1), 413, 'This file is larger than 2 GB.'],
    ['-1', 400, ''],
    ['soon', 400, ''],
  ])('of length %s', async (length, status, words) => {
    const answer = await ana.tus('POST', root, { 'upload-length': length })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(words)
  })

  it('that sends more than it said', async () => {
    const path = await ana.begin(10)
    const answer = await ana.patch(path, 0, photo)
    expect(answer.status).toBe(413)
    expect(await ana.offsetOf(path)).toBe(0)
  })

  it('when the disk is full, and keeps the offset that it had', async () => {
    const server = createHttp(app.platform)
    mountUploads(server, app.platform, fullDisk)
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    const path = await ana.begin(photo.length)
    await ana.patch(path, 0, photo.subarray(0, 100))
    const answer = await ana.patch(path, 100, photo.subarray(100), url)
    await server.close()
    expect(answer.status).toBe(507)
    expect(answer.body.error.message).toBe('There is no room left to store files.')
    expect(await ana.offsetOf(path)).toBe(100)
    expect((await ana.patch(path, 100, photo.subarray(100))).status).toBe(204)
  })

  it('of somebody who may only look', async () => {
    const viewer = await newColleague(ana, 'viewer')
    const answer = await viewer.tus('POST', root, { 'upload-length': '10' })
    expect(answer.status).toBe(403)
    expect(answer.body.error.message).toContain('media.write')
  })

  it('of nobody', async () => {
    const answer = await ana.tus('POST', root, { 'upload-length': '10', cookie: '' })
    expect(answer.status).toBe(401)
  })
})

describe('between workspaces', () => {
  it('somebody else’s upload is not there', async () => {
    const path = await ana.begin(photo.length)
    const eve = await newUploader(app, 'Eve')
    const mine = path.replace(ana.workspaceId, eve.workspaceId)
    for (const at of [path, mine]) {
      for (const method of ['HEAD', 'DELETE', 'GET', 'POST']) {
        const answer = await eve.tus(method, at, { 'upload-length': '10' })
        expect(answer.status, `${method} ${at}`).toBe(404)
      }
      expect((await eve.patch(at, 0, photo)).status).toBe(404)
    }
    expect(await ana.offsetOf(path)).toBe(0)
  })

  it('a workspace that one does not belong to is not there', async () => {
    const eve = await newUploader(app, 'Eve')
    const headers = { 'upload-length': '10', 'avow-workspace': ana.workspaceId }
    expect((await eve.tus('POST', root, headers)).status).toBe(404)
  })
})

describe('a page of another site', () => {
  it('is told by no answer that it may read it, and may not upload', async () => {
    const origin = 'https://evil.example'
    const preflight = await ana.send(root, { method: 'OPTIONS', headers: { origin } })
    expect(preflight.headers.get('access-control-allow-origin')).not.toBe(origin)
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    const answer = await ana.tus('POST', root, { 'upload-length': '10', origin })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('access-control-allow-origin')).not.toBe(origin)
  })

  it('gets answers that name no type to guess', async () => {
    const answer = await ana.tus('HEAD', await ana.begin(10), {})
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
  })
})

describe('a name', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ana\\rose.jpg', 'rose.jpg'],
    ['ro\0se\u202e.jpg', 'rose.jpg'],
    ['<script>alert(1)</script>', 'script>'],
    ['<img src=x onerror=alert(1)>.jpg', '<img src=x onerror=alert(1)>.jpg'],
    ['   ', 'Untitled'],
    ['x'.repeat(500), 'x'.repeat(200)],
  ])('%j is shown as %j and names nothing of ours', async (name, shown) => {
    const path = await ana.begin(photo.length, name)
    await ana.patch(path, 0, photo)
    expect((await ana.asset(idIn(path))).name).toBe(shown)
    expect(await storedOriginal(idIn(path))).toEqual(photo)
  })
})

async function storedOriginal(id: string): Promise<Buffer> {
  const { dataFolder } = app.platform.config
  return readFile(`${dataFolder}/files/${ana.workspaceId}/originals/${id}`)
}

/** A disk that takes some bytes and is full then. */
const fullDisk = () =>
  new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'write' }))
    },
  })

/** Sends these bytes of a longer body and, once they have come, lets go of the line. */
async function cutAfter(path: string, bytes: Buffer): Promise<void> {
  const headers = {
    ...ana.headers,
    'tus-resumable': '1.0.0',
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
    'content-length': photo.length,
  }
  const sending = request(app.url + path, { method: 'PATCH', headers })
  const cut = once(sending, 'error')
  sending.write(bytes)
  await expect.poll(async () => (await stat(partOf(path))).size).toBe(bytes.length)
  sending.destroy(new Error('cut'))
  await cut
}
