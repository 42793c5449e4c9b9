/** What a person could give as a URL, or a server as an answer, to get inside. All must fail. */
import { describe, expect, it } from 'vitest'
import { egressInto, httpServer } from './egress.fixture.ts'
import { type EgressError, EgressFailed, EgressRefused, workspaceUrl } from './egress.ts'
import { isPublicAddress } from './egress-address.ts'
import type { Address } from './egress-connect.ts'

const given = { purpose: workspaceUrl, processor: 'workspace' }

async function refusal(promise: Promise<unknown>): Promise<EgressError> {
  const thrown: unknown = await promise.then(
    (answer) => answer,
    (error: unknown) => error,
  )
  if (!(thrown instanceof EgressRefused)) throw new Error(`not refused but ${String(thrown)}`)
  return thrown
}

const v4 = (address: string): Address => ({ address, family: 4 })
const v6 = (address: string): Address => ({ address, family: 6 })

const hostileUrls = [
  // Loopback in all its spellings.
  'https://127.0.0.1/',
  'https://127.1/',
  'https://127.0.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0x7f.0.0.1/',
  'https://0177.0.0.1/',
  'https://017700000001/',
  'https://127.0.0.1./',
  'https://%31%32%37.0.0.1/',
  'https://127。0。0。1/',
  'https://①②⑦.⓪.⓪.①/',
  'https://0/',
  'https://0.0.0.0/',
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[::]/',
  'https://[::127.0.0.1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[0000:0000:0000:0000:0000:ffff:7f00:0001]/',
  'https://[64:ff9b::127.0.0.1]/',
  'https://[64:ff9b::a9fe:a9fe]/',
  'https://[64:ff9b:1::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:7f00:1::]/',
  'https://[fe80::1]/',
  'https://[fec0::1]/',
  'https://[fc00::1]/',
  'https://[fd00:ec2::254]/',
  'https://[ff02::1]/',
  'https://[2001:db8::1]/',
  'https://[100::1]/',
  'https://[3fff::1]/',
  'https://[5f00::1]/',
  // Inside networks, metadata services.
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://0xa9fea9fe/',
  'https://2852039166/',
  'https://100.64.0.1/',
  'https://100.100.100.200/',
  'https://168.63.129.16/',
  'https://192.0.0.192/',
  'https://198.18.0.1/',
  'https://192.0.2.1/',
  'https://203.0.113.9/',
  'https://192.88.99.1/',
  'https://224.0.0.1/',
  'https://240.0.0.1/',
  'https://255.255.255.255/',
  // Names for inside.
  'https://localhost/',
  'https://LOCALHOST/',
  'https://localhost./',
  'https://ⓛocalhost/',
  'https://app.localhost/',
  'https://metadata/',
  'https://metadata.google.internal/',
  'https://postgres/',
  'https://printer.local/',
  'https://router.lan/',
  'https://nas.home.arpa/',
  // Other ways than https on 443.
  'http://example.com/',
  'https://example.com:8443/',
  'https://example.com:22/',
  'https://example.com:0/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/_x',
  'data:text/plain,x',
  'javascript:alert(1)',
  'blob:https://example.com/x',
  '//example.com/',
  '/etc/passwd',
  'example.com',
  '',
  // Two readers, two hosts.
  'https://user:pass@example.com/',
  'https://example.com@127.0.0.1/',
  'https://127.0.0.1\\@example.com/',
  'https://example.com\\.evil.example/',
  'https://exam\nple.com/',
  'https://example.com/\r\nX: y',
  ' https://example.com/',
  'https://example.com /',
  'https://exa\u0000mple.com/',
  'https://[::1%25lo]/',
  'https://[::1',
  'https://example.com./',
  `https://example.com/${'a'.repeat(20_000)}`,
]

describe('a URL that a person gave', () => {
  it('is refused before anything is asked of anybody, when it points inside or is no plain https', async () => {
    const asked: string[] = []
    const { egress, entries } = egressInto({
      resolve: async (name) => {
        asked.push(name)
        return [v4('93.184.215.14')]
      },
    })
    for (const url of hostileUrls) {
      expect((await refusal(egress.request({ ...given, url }))).sent).toBe(false)
      expect((await refusal(egress.stream({ ...given, url }))).sent).toBe(false)
    }
    expect(asked).toEqual([])
    expect(entries).toHaveLength(2 * hostileUrls.length)
    expect(new Set(entries.map((entry) => entry.outcome))).toEqual(new Set(['refused']))
  })

  it('is refused in the sandbox as well', async () => {
    let requests = 0
    const port = await httpServer((_request, response) => {
      requests++
      response.end()
    })
    const { egress } = egressInto({ sandboxUrl: `http://localhost:${port}` })
    for (const url of hostileUrls) await refusal(egress.request({ ...given, url }))
    expect(requests).toBe(0)
  })

  it('is refused when any of the addresses of its name lies inside', async () => {
    const inside = [
      [v4('127.0.0.1')],
      [v4('10.1.2.3')],
      [v4('169.254.169.254')],
      [v6('::1')],
      [v6('::ffff:10.0.0.1')],
      [v6('fe80::1%eth0')],
      [v6('64:ff9b::a00:1')],
      [v4('93.184.215.14'), v4('192.168.0.10')],
      [v6('2606:4700::1111'), v6('fd00::1')],
    ]
    for (const addresses of inside) {
      const { egress } = egressInto({ resolve: async () => addresses })
      const error = await refusal(egress.request({ ...given, url: 'https://innocent.example/' }))
      expect(error.sent).toBe(false)
    }
  })

  it('cannot be rebound: the name is asked once per connection, and that answer is what is reached', async () => {
    let hits = 0
    const port = await httpServer((_request, response) => {
      hits++
      response.end('inside')
    })
    // Harmless at the first look (nobody listens on 127.0.0.2), inside at every later one.
    const answers: Address[][] = [[v4('127.0.0.2')], [v4('127.0.0.1')]]
    let asked = 0
    const { egress } = egressInto({
      privateHosts: [`http://rebound.example:${port}`],
      resolve: async () => answers[Math.min(asked++, 1)] ?? [],
    })
    const url = `http://rebound.example:${port}/`
    await expect(egress.request({ ...given, url })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(asked).toBe(1)
    expect(hits).toBe(0)
  })

  it('cannot be rebound between two requests either', async () => {
    let asked = 0
    const { egress } = egressInto({
      resolve: async () => (asked++ === 0 ? [] : [v4('127.0.0.1')]),
    })
    const url = 'https://rebound.example/'
    await expect(egress.request({ ...given, url })).rejects.toThrow(EgressFailed)
    expect((await refusal(egress.request({ ...given, url }))).sent).toBe(false)
  })

  it('may name a private host that the operator listed, and only exactly that one', async () => {
    const port = await httpServer((_request, response) => response.end('hook'))
    const { egress } = egressInto({ privateHosts: [`http://hooks.internal:${port}`] })
    const ask = (url: string) => egress.request({ ...given, url })
    expect((await ask(`http://hooks.internal:${port}/x`)).text()).toBe('hook')
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://hooks.internal:${port + 1}/`,
      `https://hooks.internal:${port}/`,
      `http://other.hooks.internal:${port}/`,
      'https://hooks.internal/',
    ]) {
      await refusal(ask(url))
    }
  })
})

describe('a redirect', () => {
  /** Two listed hosts on one server; `/to?<url>` redirects there with the status given. */
  async function redirecting(status = 302) {
    const seen: {
      host: string | undefined
      url: string | undefined
      method: string | undefined
      headers: object
      body: string
    }[] = []
    const port = await httpServer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        const { url, method, headers } = request
        seen.push({ host: headers.host, url, method, headers, body })
        if (!url?.startsWith('/to?')) return response.end('arrived')
        return response.writeHead(status, { Location: url.slice(4) }).end('moved')
      })
    })
    const [a, b] = [`http://a.test:${port}`, `http://b.test:${port}`] as const
    return { ...egressInto({ privateHosts: [a, b] }), seen, a, b, port }
  }

  it('is not followed unless asked', async () => {
    const { egress, a, b } = await redirecting()
    const answer = await egress.request({ ...given, url: `${a}/to?${b}/` })
    expect(answer).toMatchObject({ status: 302, headers: { location: `${b}/` } })
  })

  it('is judged like the first URL at each hop, and it is said that the first was sent', async () => {
    const { egress, a, seen, entries } = await redirecting()
    const targets = [
      ...hostileUrls.filter((url) => /^[a-z]+:/.test(url) && !/[^\x21-\x7e]|\\/.test(url)),
      '//127.0.0.1/',
    ]
    expect(targets.length).toBeGreaterThan(60)
    for (const target of targets.filter((url) => url.length < 1000)) {
      const error = await refusal(
        egress.request({ ...given, url: `${a}/to?${target}`, redirect: 3 }),
      )
      expect(error.sent).toBe(true)
    }
    expect(seen.every(({ host }) => host?.startsWith('a.test'))).toBe(true)
    expect(entries.at(-1)).toMatchObject({ hop: 1, outcome: 'refused', sent: false })
    expect(entries.at(-2)).toMatchObject({ hop: 0, outcome: 'answered', status: 302 })
  })

  it('of a processor stays within its registered hosts', async () => {
    const { a, b, port } = await redirecting()
    const { egress } = egressInto({ hosts: ['a.test'], privateHosts: [a, b] })
    const url = `http://a.test:${port}/to?${b}/`
    const error = await refusal(
      egress.request({ purpose: 'test', processor: 'vendor', url, redirect: 1 }),
    )
    expect(error.sent).toBe(true)
  })

  it('ends after three', async () => {
    const { egress, a } = await redirecting()
    const three = `${a}/to?${a}/to?${a}/to?${a}/`
    expect((await egress.request({ ...given, url: three, redirect: 3 })).text()).toBe('arrived')
    await refusal(egress.request({ ...given, url: `${a}/to?${three}`, redirect: 3 }))
    await refusal(egress.request({ ...given, url: three, redirect: 2 }))
  })

  it('to another host carries no credential', async () => {
    const { egress, a, b, seen } = await redirecting()
    const headers = {
      Authorization: 'Bearer s3cret',
      Cookie: 's3cret',
      'X-Api-Key': 's3cret',
      'X-Custom': 's3cret',
      Accept: 'image/*',
    }
    await egress.request({ ...given, url: `${a}/to?${b}/`, headers, redirect: 1 })
    expect(JSON.stringify(seen[1])).not.toContain('s3cret')
    expect(seen[1]?.headers).toMatchObject({ accept: 'image/*' })
    await egress.request({ ...given, url: `${a}/to?${a}/`, headers, redirect: 1 })
    expect(seen[3]?.headers).toMatchObject({ authorization: 'Bearer s3cret' })
  })

  it('of a POST becomes a GET without body, or keeps it on the same host, or is refused', async () => {
    for (const status of [301, 302, 303]) {
      const { egress, a, b, seen } = await redirecting(status)
      await egress.request({
        ...given,
        method: 'POST',
        url: `${a}/to?${b}/`,
        body: 'form',
        redirect: 1,
      })
      expect(seen[1]).toMatchObject({ method: 'GET', body: '' })
    }
    for (const status of [307, 308]) {
      const { egress, a, b, seen } = await redirecting(status)
      const post = { ...given, method: 'POST', body: 'form', redirect: 1 } as const
      await egress.request({ ...post, url: `${a}/to?${a}/` })
      expect(seen[1]).toMatchObject({ method: 'POST', body: 'form' })
      expect((await refusal(egress.request({ ...post, url: `${a}/to?${b}/` }))).sent).toBe(true)
    }
  })
})

describe('in the sandbox', () => {
  async function sandbox() {
    const seen: string[] = []
    const port = await httpServer((request, response) => {
      seen.push(`${request.method} ${request.url}`)
      if (request.url?.endsWith('/moved')) {
        response.writeHead(302, {
          Location: `http://localhost:${port}/cdn.vendor.example/file?x=1`,
        })
      }
      response.end('{"ok":true}')
    })
    const sandboxUrl = `http://localhost:${port}`
    const hosts = ['api.vendor.example', 'cdn.vendor.example']
    return { ...egressInto({ sandboxUrl, hosts }), seen, sandboxUrl }
  }
  const vendor = { purpose: 'test', processor: 'vendor' }

  it('real URLs go to the sandbox under the name of their host, and the real host is ledgered', async () => {
    const { egress, seen, entries } = await sandbox()
    const url = 'https://api.vendor.example/v5/pins?a=1'
    const answer = await egress.request({ ...vendor, method: 'POST', url, body: '{}' })
    expect(answer.json()).toEqual({ ok: true })
    expect(answer.url).toBe(url)
    expect(seen).toEqual(['POST /api.vendor.example/v5/pins?a=1'])
    expect(entries[0]).toMatchObject({ host: 'api.vendor.example', sandbox: true, status: 200 })
    await egress.request({ ...given, url: 'https://shop.example/cat.jpg', freshConnection: true })
    expect(seen[1]).toBe('GET /shop.example/cat.jpg')
  })

  it('the register holds all the same', async () => {
    const { egress, seen } = await sandbox()
    await refusal(egress.request({ ...vendor, url: 'https://other.example/' }))
    expect(seen).toEqual([])
  })

  it('a redirect to the sandbox itself is read as the real URL that it stands for', async () => {
    const { egress, seen } = await sandbox()
    const url = 'https://api.vendor.example/moved'
    const answer = await egress.request({ ...vendor, url, redirect: 1 })
    expect(answer.url).toBe('https://cdn.vendor.example/file?x=1')
    expect(seen).toEqual(['GET /api.vendor.example/moved', 'GET /cdn.vendor.example/file?x=1'])
  })

  it('a browser is sent to the sandbox too, and to the real address outside', async () => {
    const { egress, sandboxUrl } = await sandbox()
    const consent = 'https://www.vendor.example/oauth/?client_id=1&state=x#top'
    expect(egress.browserUrl(consent)).toBe(
      `${sandboxUrl}/www.vendor.example/oauth/?client_id=1&state=x#top`,
    )
    expect(egressInto().egress.browserUrl(consent)).toBe(consent)
  })
})

describe('fetch for libraries', () => {
  it('behaves like fetch, under the same rules', async () => {
    const port = await httpServer((request, response) => {
      if (request.url === '/empty') return response.writeHead(204).end()
      if (request.url === '/moved') return response.writeHead(302, { Location: '/' }).end()
      response.setHeader('X-Got', request.headers['content-type'] ?? 'none')
      return request.pipe(response)
    })
    const origin = `http://vendor.test:${port}`
    const { egress, entries } = egressInto({ hosts: ['vendor.test'], privateHosts: [origin] })
    const fetch = egress.fetch({ purpose: 'library', processor: 'vendor', workspaceId: 'w1' })
    const headers = { Host: 'evil.example', Connection: 'close', 'Content-Type': 'text/x' }
    const posted = await fetch(`${origin}/`, { method: 'POST', body: 'text', headers })
    expect(posted.status).toBe(200)
    expect(posted.url).toBe(`${origin}/`)
    expect(posted.headers.get('x-got')).toBe('text/x')
    expect(await posted.text()).toBe('text')
    const viaRequest = await fetch(new Request(`${origin}/`, { method: 'PUT', body: '{"a":1}' }))
    expect(await viaRequest.json()).toEqual({ a: 1 })
    const blob = await fetch(new URL(origin), {
      method: 'POST',
      body: new Blob(['b'], { type: 'b/b' }),
    })
    expect([blob.headers.get('x-got'), await blob.text()]).toEqual(['b/b', 'b'])
    expect((await fetch(`${origin}/empty`)).status).toBe(204)
    expect((await fetch(`${origin}/moved`)).url).toBe(`${origin}/`)
    expect((await fetch(`${origin}/moved`, { redirect: 'manual' })).status).toBe(302)
    await expect(fetch('https://elsewhere.example/')).rejects.toThrow(EgressRefused)
    await expect(fetch(origin, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    expect(
      entries.every((entry) => entry.purpose === 'library' && entry.workspaceId === 'w1'),
    ).toBe(true)
  })
})

describe('public addresses', () => {
  it('are those, and neighbours of special ranges', () => {
    for (const address of [
      '1.1.1.1',
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '172.15.255.255',
      '172.32.0.0',
      '192.0.1.0',
      '198.17.255.255',
      '198.20.0.0',
      '223.255.255.255',
      '2606:4700:4700::1111',
      '2a00:1450:4001::1',
    ]) {
      expect([address, isPublicAddress(address)]).toEqual([address, true])
    }
    for (const nothing of [
      '',
      'example.com',
      '1.2.3',
      '[::1]',
      '1.1.1.1/8',
      '2a00::1%eth0',
      '0x1.1.1.1',
    ]) {
      expect(isPublicAddress(nothing)).toBe(false)
    }
  })
})
