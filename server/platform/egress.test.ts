import { once } from 'node:events'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { closedPort, egressInto, httpServer, rawServer } from './egress.fixture.ts'
import {
  EgressError,
  EgressFailed,
  EgressRefused,
  EgressTimeout,
  EgressTooLarge,
  workspaceUrl,
} from './egress.ts'
import { testCertificate, testKey } from './egress-certificate.fixture.ts'

const vendor = { purpose: 'test', processor: 'vendor' }

/** A vendor at `http://vendor.test:<port>` that the operator named. */
async function vendorAt(port: number, more: Parameters<typeof egressInto>[0] = {}) {
  const origin = `http://vendor.test:${port}`
  const world = egressInto({ hosts: ['vendor.test'], privateHosts: [origin], ...more })
  return { ...world, origin }
}

async function fault(promise: Promise<unknown>): Promise<EgressError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof EgressError)) throw new Error(`no EgressError but ${String(thrown)}`)
  return thrown
}

describe('egress', () => {
  it('asks, answers, and ledgers who, why, where to and how it ended, but no contents', async () => {
    const port = await httpServer((request, response) => {
      expect(request.headers).toMatchObject({
        host: `vendor.test:${port}`,
        authorization: 'Bearer t0ken',
      })
      request.setEncoding('utf8').on('data', (body) => {
        response.writeHead(201, { 'Content-Type': 'application/json', 'X-Two': ['a', 'b'] })
        response.end(JSON.stringify({ got: body }))
      })
    })
    const { egress, entries, lines, origin } = await vendorAt(port)
    const answer = await egress.request({
      ...vendor,
      workspaceId: 'w1',
      method: 'post',
      url: `${origin}/v5/pins?secret=s3cret`,
      headers: { Authorization: 'Bearer t0ken' },
      body: 'c0ntents',
    })
    expect(answer.status).toBe(201)
    expect(answer.json()).toEqual({ got: 'c0ntents' })
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-two': 'a, b' })
    expect(entries).toEqual([
      {
        at: expect.any(Date),
        workspaceId: 'w1',
        purpose: 'test',
        processor: 'vendor',
        method: 'POST',
        host: 'vendor.test',
        hop: 0,
        status: 201,
        outcome: 'answered',
        sent: true,
        sandbox: false,
        durationMs: expect.any(Number),
        receivedBytes: 18,
      },
    ])
    expect(JSON.stringify(entries) + lines.join()).not.toMatch(/s3cret|t0ken|c0ntents/)
  })

  it('sends bytes, streams, forms with files and parameters, each with its right headers', async () => {
    const seen: { type: string | undefined; length: string | undefined; body: string }[] = []
    const port = await httpServer((request, response) => {
      let body = ''
      request.setEncoding('latin1').on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        const { 'content-type': type, 'content-length': length } = request.headers
        seen.push({ type, length, body })
        response.end()
      })
    })
    const { egress, origin } = await vendorAt(port)
    const form = new FormData()
    form.append('key', 'value')
    form.append('file', new File(['pixels'], 'cat.png', { type: 'image/png' }))
    for (const body of [
      Buffer.from('bytes'),
      new Uint8Array([97, 98]),
      Readable.from(['a', 'stream']),
      new URLSearchParams({ grant_type: 'x y' }),
      form,
    ]) {
      await egress.request({ ...vendor, method: 'POST', url: origin, body })
    }
    expect(seen.slice(0, 4)).toEqual([
      { type: undefined, length: '5', body: 'bytes' },
      { type: undefined, length: '2', body: 'ab' },
      { type: undefined, length: undefined, body: 'astream' },
      {
        type: 'application/x-www-form-urlencoded;charset=UTF-8',
        length: '14',
        body: 'grant_type=x+y',
      },
    ])
    expect(seen[4]?.type).toMatch(/^multipart\/form-data; boundary=/)
    expect(Number(seen[4]?.length)).toBe(seen[4]?.body.length)
    expect(seen[4]?.body).toMatch(
      /name="key"\r\n\r\nvalue[\s\S]*filename="cat.png"\r\nContent-Type: image\/png\r\n\r\npixels/,
    )
  })

  it('reads gzip, deflate, brotli and plain answers alike', async () => {
    const { brotliCompressSync, deflateSync } = await import('node:zlib')
    const codings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }
    const port = await httpServer((request, response) => {
      const coding = request.url?.slice(1) as keyof typeof codings
      const text = Buffer.from('héllo')
      if (!(coding in codings)) return response.end(text)
      response.setHeader('Content-Encoding', coding)
      return response.end(codings[coding](text))
    })
    const { egress, origin } = await vendorAt(port)
    for (const coding of ['gzip', 'deflate', 'br', 'plain']) {
      const answer = await egress.request({ ...vendor, url: `${origin}/${coding}` })
      expect(answer.text()).toBe('héllo')
      expect(answer.headers['content-encoding']).toBeUndefined()
    }
  })

  it('refuses headers that only the protocol may set, and control characters in any', async () => {
    const { egress, origin } = await vendorAt(await closedPort())
    for (const name of ['Host', 'Connection', 'Transfer-Encoding', 'Proxy-Authorization']) {
      const sent = egress.request({ ...vendor, url: origin, headers: { [name]: 'x' } })
      await expect(sent).rejects.toThrow(TypeError)
    }
    const port = await httpServer((_request, response) => response.end())
    const open = await vendorAt(port)
    const headers = { 'x-name': 'a\r\nx-injected: yes' }
    const error = await fault(open.egress.request({ ...vendor, url: open.origin, headers }))
    expect(error).toMatchObject({ sent: false, code: 'UND_ERR_INVALID_ARG' })
  })

  it('goes to the registered hosts of that processor only', async () => {
    const { egress, entries } = egressInto({ hosts: ['api.vendor.example'] })
    for (const [url, processor] of [
      ['https://api.vendor.example.evil.example/', 'vendor'],
      ['https://vendor.example/', 'vendor'],
      ['https://api.vendor.example/', 'other'],
      ['https://api.vendor.example./', 'vendor'],
      ['https://api.vendor.example:8443/', 'vendor'],
      ['http://api.vendor.example/', 'vendor'],
      ['https://user@api.vendor.example/', 'vendor'],
    ] as const) {
      const error = await fault(egress.request({ purpose: 'test', processor, url }))
      expect(error).toBeInstanceOf(EgressRefused)
      expect(error.sent).toBe(false)
    }
    expect(entries.map((entry) => entry.outcome)).toEqual(Array(7).fill('refused'))
  })

  it('keeps an answer although the ledger could not be written, and says so in the log', async () => {
    const port = await httpServer((_request, response) => response.end('ok'))
    const { egress, lines, origin } = await vendorAt(port, {
      record: () => Promise.reject(new Error('disk full')),
    })
    expect((await egress.request({ ...vendor, url: origin })).text()).toBe('ok')
    expect(lines.join()).toContain('egress ledger failed')
  })

  it('reuses connections, and opens one of its own when asked', async () => {
    let connections = 0
    const port = await httpServer((_request, response) => response.end())
    const { egress, origin } = await vendorAt(port, {
      resolve: async () => {
        connections++
        return [{ address: '127.0.0.1', family: 4 }]
      },
    })
    for (let i = 0; i < 5; i++) await egress.request({ ...vendor, url: origin })
    // The pool may open a second one while the first is just being handed back.
    expect(connections).toBeLessThanOrEqual(2)
    const before = connections
    for (let i = 0; i < 3; i++)
      await egress.request({ ...vendor, url: origin, freshConnection: true })
    expect(connections).toBe(before + 3)
  })
})

describe('egress over TLS', () => {
  it('connects to the checked address while SNI, certificate and Host stay the name', async () => {
    const seen: unknown[] = []
    const server = createTlsServer({ key: testKey, cert: testCertificate }, (request, response) => {
      seen.push([request.headers.host, (request.socket as { servername?: string }).servername])
      response.end('secure')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const privateHosts = [`https://pinned.test:${port}`, `https://other.test:${port}`]
    const { egress } = egressInto({ privateHosts, ca: testCertificate })
    const ask = (url: string) => {
      return egress.request({
        purpose: workspaceUrl,
        processor: 'workspace',
        url,
        freshConnection: true,
      })
    }
    expect((await ask(`https://pinned.test:${port}/`)).text()).toBe('secure')
    expect(seen).toEqual([[`pinned.test:${port}`, 'pinned.test']])
    const wrongName = await fault(ask(`https://other.test:${port}/`))
    expect(wrongName).toMatchObject({ sent: false, code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
    const untrusting = egressInto({ privateHosts })
    const url = `https://pinned.test:${port}/`
    const unknown = fault(
      untrusting.egress.request({ purpose: workspaceUrl, processor: 'workspace', url }),
    )
    expect(await unknown).toMatchObject({ sent: false, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    expect(seen).toHaveLength(1)
  })
})

describe('limits', () => {
  it('stops at the size, announced or not, compressed or not', async () => {
    const port = await httpServer((request, response) => {
      if (request.url === '/announced') {
        response.writeHead(200, { 'Content-Length': 5_000_000 })
        return response.end(Buffer.alloc(5_000_000))
      }
      if (request.url === '/gzip') {
        response.setHeader('Content-Encoding', 'gzip')
        return response.end(gzipSync(Buffer.alloc(50_000_000)))
      }
      if (request.url === '/exact') return response.end(Buffer.alloc(100_000))
      const forever = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) {}
        if (!response.destroyed) response.once('drain', forever)
      }
      return forever()
    })
    const { egress, entries, origin } = await vendorAt(port)
    for (const path of ['/announced', '/endless', '/gzip']) {
      const error = await fault(
        egress.request({ ...vendor, url: origin + path, maxBytes: 100_000 }),
      )
      expect(error).toBeInstanceOf(EgressTooLarge)
      expect(error).toMatchObject({ sent: true, status: 200 })
    }
    const exact = await egress.request({ ...vendor, url: `${origin}/exact`, maxBytes: 100_000 })
    expect(exact.body).toHaveLength(100_000)
    expect(entries.map((entry) => entry.outcome)).toEqual([
      'too_large',
      'too_large',
      'too_large',
      'answered',
    ])
    expect(Math.max(...entries.map((entry) => entry.receivedBytes))).toBeLessThan(400_000)
  })

  it('counts the time until the last byte, so that a trickle does not outlast it', async () => {
    const port = await httpServer((_request, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('.'), 10)
      response.on('close', () => clearInterval(drip))
    })
    const { egress, entries, origin } = await vendorAt(port)
    const error = await fault(egress.request({ ...vendor, url: origin, timeoutMs: 80 }))
    expect(error).toBeInstanceOf(EgressTimeout)
    expect(error).toMatchObject({ sent: true, status: 200 })
    expect(entries[0]?.outcome).toBe('timeout')
  })

  it('ends when the caller aborts, before and while', async () => {
    const port = await httpServer(() => {})
    const { egress, origin } = await vendorAt(port)
    const early = fault(egress.request({ ...vendor, url: origin, signal: AbortSignal.abort() }))
    expect(await early).toMatchObject({ code: 'aborted', sent: false })
    const stop = new AbortController()
    const asking = fault(egress.request({ ...vendor, url: origin, signal: stop.signal }))
    setTimeout(() => stop.abort(new Error('stopping')), 30)
    expect(await asking).toMatchObject({ code: 'aborted', sent: true })
  })

  it('tells of an answer that is broken off, in an unknown coding, or corrupt', async () => {
    const port = await httpServer((request, response) => {
      if (request.url === '/half') {
        response.writeHead(201, { 'Content-Length': 100 })
        return response.write('half', () => response.destroy())
      }
      response.setHeader('Content-Encoding', request.url === '/odd' ? 'zip64' : 'gzip')
      return response.end('not gzip')
    })
    const { egress, origin } = await vendorAt(port)
    const half = await fault(egress.request({ ...vendor, url: `${origin}/half` }))
    expect(half).toBeInstanceOf(EgressFailed)
    expect(half).toMatchObject({ sent: true, status: 201 })
    const odd = await fault(egress.request({ ...vendor, url: `${origin}/odd` }))
    expect(odd).toMatchObject({ sent: true, code: 'bad_coding' })
    const corrupt = await fault(egress.request({ ...vendor, url: `${origin}/corrupt` }))
    expect(corrupt).toMatchObject({ sent: true, code: 'Z_DATA_ERROR' })
  })

  it('streams a large answer without holding it, and hangs up when the reader leaves', async () => {
    let closed = false
    const port = await httpServer((_request, response) => {
      response.on('close', () => {
        closed = true
      })
      const forever = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) {}
        if (!response.destroyed) response.once('drain', forever)
      }
      forever()
    })
    const { egress, entries, origin } = await vendorAt(port)
    const answer = await egress.stream({ ...vendor, url: origin, maxBytes: 1e9 })
    let read = 0
    for await (const chunk of answer.body) {
      read += (chunk as Buffer).length
      if (read > 1_000_000) break
    }
    await expect.poll(() => closed).toBe(true)
    await expect.poll(() => entries.length).toBe(1)
    expect(entries[0]).toMatchObject({ outcome: 'answered', status: 200 })
  })
})

describe('whether a request may have arrived', () => {
  const post = { ...vendor, method: 'POST', body: '{"pin":1}' }
  const answer = 'HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok'

  it('not: nobody listens, the name is unknown, the connection never comes up', async () => {
    const refused = await vendorAt(await closedPort())
    expect(await fault(refused.egress.request({ ...post, url: refused.origin }))).toMatchObject({
      name: 'EgressFailed',
      sent: false,
      code: 'ECONNREFUSED',
    })
    for (const resolve of [
      async () => [],
      () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    ]) {
      const unknown = egressInto({ hosts: ['vendor.test'], resolve })
      const error = await fault(unknown.egress.request({ ...post, url: 'https://vendor.test/' }))
      expect(error).toMatchObject({ sent: false, code: 'ENOTFOUND' })
    }
    const slowName = egressInto({ hosts: ['vendor.test'], resolve: () => new Promise(() => {}) })
    const late = slowName.egress.request({ ...post, url: 'https://vendor.test/', timeoutMs: 40 })
    expect(await fault(late)).toMatchObject({ name: 'EgressTimeout', sent: false })
  })

  it('not: TLS is not spoken there, or hangs', async () => {
    const plain = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const silent = await rawServer(() => {})
    for (const [port, name] of [
      [plain, 'EgressFailed'],
      [silent, 'EgressTimeout'],
    ] as const) {
      const origin = `https://vendor.test:${port}`
      const { egress } = egressInto({ hosts: ['vendor.test'], privateHosts: [origin] })
      const error = await fault(egress.request({ ...post, url: origin, timeoutMs: 150 }))
      expect(error).toMatchObject({ name, sent: false })
    }
  })

  it('not: it was still waiting for a free connection, and then it is never sent', async () => {
    let requests = 0
    const port = await httpServer((_request, response) => {
      requests++
      setTimeout(() => response.end(), 150)
    })
    const { egress, origin } = await vendorAt(port, { connectionsPerHost: 1 })
    const first = egress.request({ ...vendor, url: origin })
    const second = await fault(egress.request({ ...post, url: origin, timeoutMs: 40 }))
    expect(second).toMatchObject({ name: 'EgressTimeout', sent: false })
    await first
    await egress.request({ ...vendor, url: origin })
    expect(requests).toBe(2)
  })

  const after: [string, (socket: import('node:net').Socket) => void][] = [
    ['reads and resets', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['reads and closes', (socket) => socket.once('data', () => socket.end())],
    ['reads and is silent', (socket) => socket.once('data', () => {})],
    ['answers half a header', (socket) => socket.once('data', () => socket.end('HTTP/1.1 20'))],
    ['answers nonsense', (socket) => socket.once('data', () => socket.end('SSH-2.0\r\n\r\n'))],
    ['answers half a body', (socket) => socket.once('data', () => socket.end(answer.slice(0, -1)))],
    [
      'answers 100 and resets',
      (socket) =>
        socket.once('data', () => {
          socket.write('HTTP/1.1 100 Continue\r\n\r\n', () => socket.resetAndDestroy())
        }),
    ],
  ]
  it.each(after)('perhaps: the other side %s', async (_what, behave) => {
    const port = await rawServer(behave)
    const { egress, entries, origin } = await vendorAt(port)
    const error = await fault(egress.request({ ...post, url: origin, timeoutMs: 150 }))
    expect(error.sent).toBe(true)
    expect(entries).toHaveLength(1)
    expect(entries[0]?.sent).toBe(true)
  })

  it('perhaps: a kept connection was just closed; the POST is not sent again by itself', async () => {
    const received: string[] = []
    const port = await rawServer((socket, index) => {
      let requests = 0
      socket.on('data', (data) => {
        received.push(`${index}: ${data.toString().split(' ')[0]}`)
        if (++requests === 1) socket.write(answer)
        else socket.resetAndDestroy()
      })
    })
    const { egress, origin } = await vendorAt(port, { connectionsPerHost: 1 })
    await egress.request({ ...post, url: origin })
    const error = await fault(egress.request({ ...post, url: origin }))
    expect(error).toMatchObject({ name: 'EgressFailed', sent: true })
    expect(received).toEqual(['0: POST', '0: POST'])
    expect((await egress.request({ ...post, url: origin })).status).toBe(201)
    expect(received).toEqual(['0: POST', '0: POST', '1: POST'])
  })

  it('not, if it says so: the other side hangs up at once', async () => {
    for (const hangUp of ['end', 'resetAndDestroy'] as const) {
      let bytes = 0
      const port = await rawServer((socket) => {
        socket.on('data', (data) => {
          bytes += data.length
        })
        socket[hangUp]()
      })
      const { egress, origin } = await vendorAt(port)
      const error = await fault(egress.request({ ...post, url: origin, timeoutMs: 100 }))
      if (bytes > 0) expect(error.sent).toBe(true)
    }
  })

  it('perhaps: the body that was being sent broke off', async () => {
    const port = await rawServer((socket) => socket.resume())
    const { egress, origin } = await vendorAt(port)
    const body = Readable.from(
      (async function* () {
        yield 'half'
        throw new Error('file went away')
      })(),
    )
    expect(await fault(egress.request({ ...post, url: origin, body }))).toMatchObject({
      sent: true,
    })
  })

  it('once in truth: what reached the server and what we say agree, under random resets', async () => {
    let arrived = 0
    const port = await rawServer((socket, index) => {
      socket.once('data', () => {
        arrived++
        if (index % 3 === 0) socket.resetAndDestroy()
        else socket.end(answer)
      })
    })
    const { egress, origin } = await vendorAt(port, { connectionsPerHost: 4 })
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, () => egress.request({ ...post, url: origin })),
    )
    const surelyNot = results.filter(
      (result) => result.status === 'rejected' && !(result.reason as EgressError).sent,
    )
    expect(arrived).toBeLessThanOrEqual(results.length - surelyNot.length)
    expect(results.some((result) => result.status === 'rejected')).toBe(true)
    expect(results.some((result) => result.status === 'fulfilled')).toBe(true)
  })
})
