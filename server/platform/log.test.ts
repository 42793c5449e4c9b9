import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AppError } from './errors.ts'
import { createLog, readableLine, redactText } from './log.ts'

function captured(options: { level?: string; pretty?: boolean } = {}) {
  const lines: string[] = []
  const sink = { write: (line: string) => lines.push(line) }
  return { log: createLog({ level: 'trace', pretty: false, ...options, sink }), lines }
}

const secrets = {
  pinterest: 'pina_AMA6H3YWAADQ6BAAGAAIYAH4XC',
  refresh: 'pinr.eyJhIjoiYiJ9.QWxsIHNlY3JldA',
  own: 'avk_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYg',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  resend: 're_123456789abcdefghijk',
  stripe: 'sk_live_51HxyzABCDEFGH',
  aws: 'AKIAIOSFODNN7EXAMPLE',
  google: 'GOCSPX-abcdefghijklmnop',
}

describe('redactText', () => {
  it.each([
    ...Object.values(secrets),
    'Authorization: Bearer hunter2hunter2',
    'authorization: Basic aHVudGVyMjpodW50ZXIy',
    'Cookie: session=hunter2hunter2; theme=dark',
    'Set-Cookie: session=hunter2hunter2; HttpOnly',
    'postgres://avow:hunter2hunter2@db.example.com/avow',
    'GET /v5/oauth?code=hunter2hunter2&state=hunter2hunter2',
    'grant_type=refresh_token&refresh_token=hunter2hunter2',
    'client_secret=hunter2hunter2',
    'https://s3.example.com/x?X-Amz-Signature=hunter2hunter2&X-Amz-Credential=hunter2hunter2',
    '{"access_token":"hunter2hunter2"}',
    '{\\"upload_url\\":\\"https://hunter2hunter2\\"}',
    'https://avow.example/verify?email=hunter2%40example.com&next=/',
    'https://avow.example/verify?who=hunter2@example.com',
  ])('takes the secret out of %s', (text) => {
    const clean = redactText(`vendor said: ${text} (400)`)
    expect(clean).toContain('[redacted]')
    for (const secret of [...Object.values(secrets), 'hunter2']) expect(clean).not.toContain(secret)
  })

  it('leaves ordinary words alone', () => {
    for (const text of [
      'Invalid token type. Board 549755885175 not found (code 40)',
      'Sorry! The basic plan was not found',
      'https://api.pinterest.com/v5/boards?page_size=25&bookmark=abc',
      'mail to ann@example.com was accepted',
      'status=published state: scheduled',
    ]) {
      expect(redactText(text)).toBe(text)
    }
  })

  it('stays quick on hostile text', () => {
    const hostile = ['?', '?a', '&x=', 'a://', 'eyJaaaaaaaa.', '"token" ', 'x:@'].map((piece) =>
      piece.repeat(20_000),
    )
    const start = performance.now()
    for (const text of hostile) redactText(text)
    expect(performance.now() - start).toBeLessThan(1500)
  })
})

describe('log', () => {
  it('writes JSON lines with time, level, message and what its parents were bound to', () => {
    const { log, lines } = captured()
    log
      .child({ requestId: 'r1' })
      .child({ workspaceId: 'w1' })
      .info({ targetId: 't1' }, 'published')
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      requestId: 'r1',
      workspaceId: 'w1',
      targetId: 't1',
      msg: 'published',
    })
  })

  it('hides secrets by the name of their key, at any depth, also in bindings and headers', () => {
    const { log, lines } = captured()
    log.child({ apiKey: 'hunter2' }).warn(
      {
        access_token: 'hunter2',
        headers: { Authorization: 'hunter2', 'set-cookie': ['hunter2'], Location: 'hunter2' },
        deep: [{ a: { clientSecret: 'hunter2', upload_url: 'hunter2' } }],
        policy: { conditions: ['hunter2'] },
        signed_request: 'hunter2',
        newPassword: 'hunter2',
        key: createSecretKey(Buffer.from('hunter2hunter2')),
        body: Buffer.from('hunter2'),
        tokens: 12,
      },
      'request',
    )
    expect(lines[0]).not.toContain('hunter2')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ tokens: 12, body: '[7 bytes]' })
  })

  it('hides secrets by their look in messages, errors, causes and stacks, and stays JSON', () => {
    const { log, lines } = captured()
    for (const secret of Object.values(secrets)) {
      const cause = new Error(`vendor: ${secret} is expired`)
      log.error({ err: new Error(`call failed with ${secret}`, { cause }) }, `gave up on ${secret}`)
      log.error(new Error(`bare ${secret}`))
      log.info('text %s', secret)
      log.info({ note: `"${secret}"` })
    }
    for (const line of lines) {
      JSON.parse(line)
      for (const secret of Object.values(secrets)) expect(line).not.toContain(secret)
    }
    expect(lines).toHaveLength(4 * Object.keys(secrets).length)
  })

  it('tells an error by name, message, code, stack and cause, but not what else hangs on it', () => {
    const { log, lines } = captured()
    const cause = Object.assign(new Error('reset'), {
      code: 'ECONNRESET',
      request: { body: 'hunter2' },
    })
    log.error({ err: new AppError('unavailable', { message: 'Not now.', cause }) }, 'failed')
    const { err } = JSON.parse(lines[0] ?? '') as { err: Record<string, unknown> }
    expect(err).toMatchObject({
      type: 'AppError',
      code: 'unavailable',
      message: 'Not now.',
      status: 503,
    })
    expect(err.stack).toContain('log.test.ts')
    expect(err.cause).toMatchObject({ code: 'ECONNRESET' })
    expect(lines[0]).not.toContain('hunter2')
  })

  it('survives circles, huge arrays, huge texts, big integers and broken dates', () => {
    const { log, lines } = captured()
    const circle: Record<string, unknown> = {}
    circle.self = circle
    log.info({
      circle,
      many: Array.from({ length: 1000 }, (_, index) => index),
      long: 'x'.repeat(100_000),
      big: 10n,
      date: new Date(Number.NaN),
      bytes: randomBytes(10),
    })
    const told = JSON.parse(lines[0] ?? '') as Record<string, unknown>
    expect(told).toMatchObject({ big: '10', date: 'Invalid Date', bytes: '[10 bytes]' })
    expect(told.many).toHaveLength(51)
    expect((lines[0] ?? '').length).toBeLessThan(10_000)
  })

  it('writes one readable line each on a terminal, and no control character of others', () => {
    const { log, lines } = captured({ pretty: true })
    log.info({ requestId: 'r1', count: 2 }, 'two\nlines \u001b[2Jcleared')
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} \S+INFO \S+ two lines {2}\[2Jcleared requestId=r1 count=2\n$/,
    )
    log.error({ err: new Error('boom') }, 'failed')
    expect(lines[1]?.split('\n').length).toBeGreaterThan(2)
    const warned = readableLine(
      '{"level":"warn","time":"2026-01-01T00:00:00.000Z","msg":"m","err":{"message":"why"}}',
    )
    expect(warned).toContain('m (why)')
  })

  it('leaves out what is below its level', () => {
    const { log, lines } = captured({ level: 'warn' })
    log.info('quiet')
    log.warn('loud')
    expect(lines).toHaveLength(1)
  })
})
