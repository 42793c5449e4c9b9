import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, open, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assertKey, type Storage, StorageFullError } from './storage.ts'
import { openFolderStorage } from './storage-folder.ts'
import { openS3Storage } from './storage-s3.ts'

const big = randomBytes(11 * 1024 * 1024)
const sha256 = createHash('sha256').update(big).digest('hex')

let folder: string
let s3: Server
const objects = new Map<string, { body: Buffer; type: string }>()
const multipartTypes = new Map<string, string>()
const parts = new Map<string, Map<number, Buffer>>()
let refuseWith: { status: number; code: string } | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-storage-'))
  s3 = createServer((request, response) => {
    buffer(request).then(
      (body) =>
        answer(request.method ?? '', new URL(request.url ?? '/', 'http://s3'), body, {
          type: request.headers['content-type'] ?? '',
          range: request.headers.range,
          response,
        }),
      (fault: Error) => response.destroy(fault),
    )
  })
  await new Promise<void>((resolve) => s3.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  s3.close()
  await rm(folder, { recursive: true, force: true })
})

/** As much of S3 as the driver uses. Signatures are not checked. */
function answer(
  method: string,
  url: URL,
  body: Buffer,
  { type, range, response }: { type: string; range?: string | undefined; response: ServerResponse },
): ServerResponse {
  const key = decodeURIComponent(url.pathname).replace(/^\/bucket\/?/, '')
  const query = url.searchParams
  const send = (status: number, xml = '', headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(xml)
  if (refuseWith && method === 'PUT') {
    return send(refuseWith.status, `<Error><Code>${refuseWith.code}</Code></Error>`)
  }
  if (method === 'POST' && query.has('uploads')) {
    parts.set(key, new Map())
    objects.delete(key)
    const xml = `<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>`
    multipartTypes.set(key, type)
    return send(200, xml)
  }
  if (method === 'PUT' && query.has('partNumber')) {
    parts.get(key)?.set(Number(query.get('partNumber')), body)
    return send(200, '', { etag: '"part"' })
  }
  if (method === 'POST' && query.has('uploadId')) {
    const all = [...(parts.get(key) ?? [])].sort(([a], [b]) => a - b).map(([, part]) => part)
    objects.set(key, { body: Buffer.concat(all), type: multipartTypes.get(key) ?? '' })
    parts.delete(key)
    return send(
      200,
      '<CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>',
    )
  }
  if (method === 'DELETE' && query.has('uploadId')) {
    parts.delete(key)
    return send(204)
  }
  if (method === 'PUT') {
    objects.set(key, { body, type })
    return send(200, '', { etag: '"x"' })
  }
  if (method === 'GET' && query.has('list-type')) return list(query, send)
  if (method === 'POST' && query.has('delete')) {
    for (const [, name] of body.toString().matchAll(/<Key>([^<]+)<\/Key>/g)) objects.delete(name!)
    return send(200, '<DeleteResult></DeleteResult>')
  }
  if (method === 'DELETE') {
    objects.delete(key)
    return send(204)
  }
  const object = objects.get(key)
  if (!object) return send(404, '<Error><Code>NoSuchKey</Code></Error>')
  const [, from, to] = /bytes=(\d+)-(\d+)/.exec(range ?? '') ?? []
  const slice =
    from === undefined ? object.body : object.body.subarray(Number(from), Number(to) + 1)
  response.writeHead(from === undefined ? 200 : 206, {
    'content-type': object.type,
    'content-length': slice.length,
  })
  return response.end(method === 'HEAD' ? undefined : slice)
}
/** Two keys a page, so that paging is walked. */
function list(
  query: URLSearchParams,
  send: (status: number, xml: string) => ServerResponse,
): ServerResponse {
  const after = query.get('continuation-token') ?? ''
  const found = [...objects.keys()]
    .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
    .sort()
  const page = found.slice(0, 2)
  const contents = page.map(
    (key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.body.length}</Size></Contents>`,
  )
  const more = found.length > 2
  return send(
    200,
    `<ListBucketResult>${contents.join('')}<IsTruncated>${more}</IsTruncated>${
      more ? `<NextContinuationToken>${page[1]}</NextContinuationToken>` : ''
    }</ListBucketResult>`,
  )
}

function s3Storage(): Storage {
  return openS3Storage({
    bucket: 'bucket',
    region: 'auto',
    accessKeyId: 'id',
    secretAccessKey: 'secret',
    endpoint: `http://127.0.0.1:${(s3.address() as AddressInfo).port}`,
    pathStyle: true,
    prefix: 'avow/',
  })
}

const drivers: [string, () => Promise<Storage>][] = [
  ['a folder', () => openFolderStorage(join(folder, 'files'))],
  ['S3', async () => s3Storage()],
]

describe.each(drivers)('storage in %s', (_name, openStorage) => {
  it('gives back what was stored, whole and in part', async () => {
    const storage = await openStorage()
    const key = 'w1/big/original.jpg'
    const put = await storage.put(key, big, { contentType: 'image/jpeg', sha256 })
    expect(put).toEqual({ bytes: big.length })
    const whole = await storage.open(key)
    expect(whole).toMatchObject({ bytes: big.length, total: big.length, contentType: 'image/jpeg' })
    expect((await buffer(whole.stream)).equals(big)).toBe(true)
    const part = await storage.open(key, { start: 5, end: 14 })
    expect(part).toMatchObject({ bytes: 10, total: big.length })
    expect((await buffer(part.stream)).equals(big.subarray(5, 15))).toBe(true)
    const tail = await storage.open(key, { start: big.length - 3 })
    expect((await buffer(tail.stream)).equals(big.subarray(-3))).toBe(true)
  })

  it('takes streams and files, and replaces what was there', async () => {
    const storage = await openStorage()
    const path = join(folder, 'source')
    await writeFile(path, 'from a file')
    const options = { contentType: 'application/octet-stream' }
    await storage.put(
      'w1/a/x',
      Readable.from([Buffer.from('from '), Buffer.from('a stream')]),
      options,
    )
    expect(String(await buffer((await storage.open('w1/a/x')).stream))).toBe('from a stream')
    await storage.put('w1/a/x', { path }, options)
    expect(String(await buffer((await storage.open('w1/a/x')).stream))).toBe('from a file')
  })

  it('stores nothing when the bytes are not the promised ones or the source breaks', async () => {
    const storage = await openStorage()
    const options = { contentType: 'application/octet-stream' }
    const wrong = storage.put('w1/b/x', big, { ...options, sha256: 'f'.repeat(64) })
    await expect(wrong).rejects.toThrow(/sha256/)
    const broken = new Readable({
      read() {
        this.push(big.subarray(0, 7 * 1024 * 1024))
        this.destroy(new Error('the sender went away'))
      },
    })
    await expect(storage.put('w1/b/y', broken, options)).rejects.toThrow(/went away/)
    expect(await storage.stat('w1/b/x')).toBeUndefined()
    expect(await storage.stat('w1/b/y')).toBeUndefined()
  })

  it('lists and deletes below a prefix only', async () => {
    const storage = await openStorage()
    const keys = ['w2/a/1', 'w2/a/2', 'w2/a-b', 'w2/b/1', 'w20/a/1']
    for (const key of keys) {
      await storage.put(key, Buffer.from(key), { contentType: 'application/octet-stream' })
    }
    const below = async (prefix: string) => {
      const found: string[] = []
      for await (const { key, bytes } of storage.list(prefix)) {
        expect(bytes).toBe(key.length)
        found.push(key)
      }
      return found
    }
    expect(await below('w2/')).toEqual(['w2/a-b', 'w2/a/1', 'w2/a/2', 'w2/b/1'])
    expect(await storage.deletePrefix('w2/')).toBe(4)
    expect(await below('w2/')).toEqual([])
    expect(await below('w20/')).toEqual(['w20/a/1'])
    await storage.delete('w20/a/1')
    await storage.delete('w20/a/1')
    expect(await storage.stat('w20/a/1')).toBeUndefined()
  })

  it('says in words that a file is missing or a range lies outside it', async () => {
    const storage = await openStorage()
    await expect(storage.open('w3/none')).rejects.toMatchObject({ code: 'not_found' })
    await storage.put('w3/x', Buffer.from('abc'), { contentType: 'application/octet-stream' })
    await expect(storage.open('w3/x', { start: 3 })).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('refuses keys that could leave their place, and a content type that the key denies', async () => {
    const storage = await openStorage()
    const hostile = ['../x', 'a/../b', '/etc/passwd', 'a//b', 'a/.b', 'a\\b', 'a\0b', 'A', '', 'a/']
    for (const key of hostile) {
      expect(() => assertKey(key), key).toThrow(TypeError)
      await expect((async () => storage.stat(key))(), key).rejects.toThrow(TypeError)
    }
    await expect((async () => storage.deletePrefix(''))()).rejects.toThrow(TypeError)
    await expect((async () => storage.deletePrefix('w1'))()).rejects.toThrow(TypeError)
    const html = storage.put('w1/x.jpg', Buffer.from('<p>'), { contentType: 'text/html' })
    await expect(html).rejects.toThrow(/image\/jpeg/)
  })
})

describe('a full disk', () => {
  it('is told as such and leaves no half file', async () => {
    const root = join(folder, 'full')
    const storage = await openFolderStorage(root, {
      async openFile(path) {
        const file = await open(path, 'wx')
        let room = 1024 * 1024
        return {
          async write(chunk) {
            if (room <= 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
            const { bytesWritten } = await file.write(chunk, 0, Math.min(chunk.length, room))
            room -= bytesWritten
            return { bytesWritten }
          },
          sync: () => file.sync(),
          close: () => file.close(),
        }
      },
    })
    const put = storage.put('w1/x.jpg', big, { contentType: 'image/jpeg' })
    await expect(put).rejects.toBeInstanceOf(StorageFullError)
    await expect(put).rejects.toMatchObject({ code: 'storage_full' })
    const left = await readdir(root, { recursive: true, withFileTypes: true })
    expect(left.filter((entry) => entry.isFile())).toEqual([])
  })

  it('is told as such when the bucket says so', async () => {
    refuseWith = { status: 507, code: 'XMinioStorageFull' }
    try {
      const put = s3Storage().put('w1/x.jpg', Buffer.from('x'), { contentType: 'image/jpeg' })
      await expect(put).rejects.toBeInstanceOf(StorageFullError)
    } finally {
      refuseWith = undefined
    }
  })
})

it('removes what an earlier process left half written, but not what may be in work', async () => {
  const root = join(folder, 'left')
  await openFolderStorage(root)
  const old = join(root, '.unfinished', 'old.part')
  await writeFile(old, 'x')
  await utimes(old, new Date('2020-01-01'), new Date('2020-01-01'))
  await writeFile(join(root, '.unfinished', 'new.part'), 'x')
  await openFolderStorage(root)
  expect(await readdir(join(root, '.unfinished'))).toEqual(['new.part'])
})
