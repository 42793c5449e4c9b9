import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { egressInto, httpServer, rawServer } from './egress.fixture.ts'
import { AppError } from './errors.ts'
import { createLog } from './log.ts'
import { createMail, MailFailed, type MailMessage } from './mail.ts'
import { renderMail } from './mail-layout.ts'

const log = createLog({ level: 'silent' })

const message: MailMessage = {
  to: 'ann@example.com',
  subject: 'Grüße & welcome',
  text: 'Hello Ann',
  html: '<p>Hello Ann</p>',
  kind: 'transactional',
  idempotencyKey: 'confirm:0192',
}

type Seen = { url: string | undefined; headers: IncomingHttpHeaders; body: Record<string, unknown> }

/** Mail by Resend into a server that answers as told. */
async function byResend(answer: {
  status: number
  body: string
  headers?: Record<string, string>
}) {
  const seen: Seen[] = []
  const port = await httpServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push({ url: request.url, headers: request.headers, body: JSON.parse(body) })
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  const sandboxUrl = `http://127.0.0.1:${port}`
  const world = egressInto({
    sandboxUrl,
    allow: (host, processor) => host === 'api.resend.com' && processor === 'resend',
  })
  const config = { driver: 'resend', apiKey: 're_key', from: 'Avow <hello@avow.example>' } as const
  return {
    ...world,
    seen,
    mail: createMail({ ...config, egress: world.egress, log }),
  }
}

/** Mail by SMTP into a server that plays `replies` to the commands, and records what it heard. */
async function bySmtp(replies: Record<string, string> = {}) {
  const heard: string[] = []
  const port = await rawServer((socket: Socket) => {
    let inData = false
    socket.write('220 mail.test ESMTP\r\n')
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard.push(text)
      if (inData) {
        if (!text.endsWith('\r\n.\r\n')) return
        inData = false
        if (replies.END === 'drop') socket.destroy()
        else socket.write(replies.END ?? '250 accepted\r\n')
        return
      }
      const word = text.slice(0, 4).toUpperCase()
      inData = word === 'DATA'
      socket.write(replies[word] ?? (inData ? '354 go on\r\n' : '250 ok\r\n'))
    })
  })
  const world = egressInto()
  const config = {
    driver: 'smtp',
    from: 'Avow <hello@avow.example>',
    host: '127.0.0.1',
    port,
    tls: 'none',
    login: undefined,
  } as const
  const mail = createMail({ ...config, egress: world.egress, log })
  onTestFinished(() => mail.close())
  return { ...world, heard, mail }
}

async function failure(promise: Promise<unknown>): Promise<MailFailed> {
  const thrown: unknown = await promise.catch((error: unknown) => error)
  if (!(thrown instanceof MailFailed)) throw new Error(`no MailFailed but ${String(thrown)}`)
  return thrown
}

describe('what may be mailed', () => {
  const wrong: [string, unknown][] = [
    ['a second recipient', { to: 'ann@example.com, eve@example.com' }],
    ['a list of recipients', { to: ['ann@example.com'] }],
    ['a display name', { to: 'Ann <ann@example.com>' }],
    ['a line break in the address', { to: 'ann@example.com\r\nBcc: eve@example.com' }],
    ['a line break in the subject', { subject: 'Hi\r\nBcc: eve@example.com' }],
    ['a bare line feed in the subject', { subject: 'Hi\nBcc: eve@example.com' }],
    ['a Unicode line break in the subject', { subject: 'Hi\u0085Bcc: eve@example.com' }],
    ['a line break in a header', { headers: { References: '<a>\r\nBcc: eve@example.com' } }],
    ['a header of ours', { headers: { Bcc: 'eve@example.com' } }],
    ['another sender', { from: 'ceo@example.com' }],
    ['attachments', { attachments: [{ path: '/etc/passwd' }] }],
    ['content that is a path', { html: { path: '/etc/passwd' } }],
    ['content that is a URL', { text: { href: 'http://169.254.169.254/' } }],
    ['a raw message', { raw: 'From: x' }],
    ['a reply address with a line break', { replyTo: 'a@b.example\nBcc: e@x.example' }],
    ['no subject', { subject: '' }],
    ['marketing without a way out', { kind: 'marketing' }],
  ]

  it.each(wrong)('is nothing with %s', async (_what, change) => {
    const { mail, seen } = await byResend({ status: 200, body: '{"id":"m1"}' })
    const sending = mail.send({ ...message, ...(change as object) } as MailMessage)
    await expect(sending).rejects.toThrow(AppError)
    await expect(sending).rejects.toMatchObject({ code: 'unprocessable' })
    expect(seen).toHaveLength(0)
  })
})

describe('mail by Resend', () => {
  it('is one POST with an idempotency key, ledgered under its workspace', async () => {
    const { mail, seen, entries } = await byResend({ status: 200, body: '{"id":"m1"}' })
    const sent = mail.send({
      ...message,
      kind: 'marketing',
      replyTo: 'team@shop.example',
      headers: { 'List-Unsubscribe': '<https://avow.example/u/x>' },
      workspaceId: 'w1',
    })
    expect(await sent).toEqual({ messageId: 'm1' })
    expect(seen).toHaveLength(1)
    expect(seen[0]?.url).toBe('/api.resend.com/emails')
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer re_key',
      'idempotency-key': 'confirm:0192',
      'content-type': 'application/json',
    })
    expect(seen[0]?.body).toEqual({
      from: 'Avow <hello@avow.example>',
      to: ['ann@example.com'],
      subject: 'Grüße & welcome',
      text: 'Hello Ann',
      html: '<p>Hello Ann</p>',
      reply_to: 'team@shop.example',
      headers: {
        'List-Unsubscribe': '<https://avow.example/u/x>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Auto-Submitted': 'auto-generated',
      },
    })
    expect(entries[0]).toMatchObject({ purpose: 'mail', processor: 'resend', workspaceId: 'w1' })
  })

  it('keeps a key that is too long or not ASCII stable and within what Resend takes', async () => {
    const { mail, seen } = await byResend({ status: 200, body: '{"id":"m1"}' })
    for (const idempotencyKey of ['ü', 'ü', 'k'.repeat(300)])
      await mail.send({ ...message, idempotencyKey })
    const keys = seen.map(({ headers }) => headers['idempotency-key'])
    expect(keys[0]).toBe(keys[1])
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    [429, '{"name":"rate_limit_exceeded","message":"slow down"}', { retryable: true, sent: false }],
    [500, 'oops', { retryable: true, sent: true }],
    [409, '{"name":"concurrent_idempotent_requests"}', { retryable: true, sent: true }],
    [409, '{"name":"invalid_idempotent_request"}', { retryable: false, sent: false }],
    [422, '{"name":"validation_error","message":"bad to"}', { retryable: false, sent: false }],
    [
      401,
      '{"message":"API key re_1234567890abcdefgh is invalid"}',
      { retryable: false, sent: false },
    ],
  ])('tells what a %i means', async (status, body, expected) => {
    const { mail } = await byResend({ status, body, headers: { 'retry-after': '7' } })
    const error = await failure(mail.send(message))
    expect(error).toMatchObject({ ...expected, retryAfterSeconds: 7 })
    expect(error.message).toContain(String(status))
    expect(error.message).not.toContain('re_1234567890abcdefgh')
  })

  it('says that it may be tried again when Resend cannot be reached', async () => {
    const world = egressInto({ sandboxUrl: 'http://127.0.0.1:1', allow: () => true })
    const config = { driver: 'resend', apiKey: 'k', from: 'a@b.example' } as const
    const mail = createMail({ ...config, egress: world.egress, log })
    expect(await failure(mail.send(message))).toMatchObject({ retryable: true, sent: false })
  })
})

describe('mail by SMTP', () => {
  it('reaches the server as one message with its headers, and is ledgered', async () => {
    const { mail, heard, entries } = await bySmtp()
    const first = await mail.send({ ...message, replyTo: 'team@shop.example', workspaceId: 'w1' })
    const wire = heard.join('')
    expect(wire.match(/^RCPT TO:.*$/gm)).toEqual(['RCPT TO:<ann@example.com>'])
    expect(wire).toContain('MAIL FROM:<hello@avow.example>')
    expect(wire).toMatch(/^From: Avow <hello@avow\.example>\r$/m)
    expect(wire).toMatch(/^Reply-To: team@shop\.example\r$/m)
    expect(wire).toMatch(/^Subject: =\?UTF-8\?/m)
    expect(wire).toContain(`Message-ID: ${first.messageId}`)
    expect(wire).toMatch(/multipart\/alternative[\s\S]*text\/plain[\s\S]*text\/html/)
    expect(entries[0]).toMatchObject({
      method: 'SMTP',
      processor: 'smtp',
      outcome: 'answered',
      workspaceId: 'w1',
    })
    expect((await mail.send(message)).messageId).toBe(first.messageId)
    const other = await mail.send({ ...message, idempotencyKey: 'other' })
    expect(other.messageId).not.toBe(first.messageId)
  })

  it.each<[string, Record<string, string>, object]>([
    ['busy', { MAIL: '450 try later\r\n' }, { retryable: true, sent: false }],
    ['no such person', { RCPT: '550 unknown\r\n' }, { retryable: false, sent: false }],
    ['refused content', { END: '554 spam\r\n' }, { retryable: false, sent: false }],
    ['hung up after the content', { END: 'drop' }, { retryable: true, sent: true }],
  ])('tells what it means: %s', async (_what, replies, expected) => {
    const { mail, entries } = await bySmtp(replies)
    expect(await failure(mail.send(message))).toMatchObject(expected)
    expect(entries[0]).toMatchObject({
      outcome: 'failed',
      ...('sent' in expected && { sent: expected.sent }),
    })
  })
})

describe('the layout of mail', () => {
  const content = {
    title: 'Confirm <your> address',
    preview: 'One click & done',
    paragraphs: ['Hello "Ann" <script>alert(1)</script>', 'Second\nline'],
    facts: [['Time', '<b>9:00</b>']] as [string, string][],
    action: { label: 'Confirm', url: 'https://avow.example/confirm?token=a&next="x' },
    note: 'Lives for an hour.',
    footer: 'You get this because of <x>.',
  }

  it('escapes everything that was put in, and has all of it as plain text too', () => {
    const { html, text } = renderMail(content)
    expect(html).not.toMatch(/<script|<b>|<your>|<x>/)
    expect(html).toContain('Hello &quot;Ann&quot; &lt;script&gt;')
    expect(html).toContain('Second<br>line')
    expect(html).toContain('href="https://avow.example/confirm?token=a&amp;next=%22x"')
    for (const part of [content.title, ...content.paragraphs, content.note, content.footer]) {
      expect(text).toContain(part)
    }
    expect(text).toContain('Time: <b>9:00</b>')
    expect(text).toContain('Confirm:\nhttps://avow.example/confirm?token=a&next=%22x')
  })

  it('loads nothing from anywhere and knows the dark', () => {
    const { html } = renderMail(content)
    expect(html).not.toMatch(/<img|<link|@import|url\(/)
    expect(html).toContain('prefers-color-scheme:dark')
    expect(html.length).toBeLessThan(102_000)
  })

  it('accepts no action that is not a web link', () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      '/confirm',
      'https://a@b.example/',
    ]) {
      expect(() => renderMail({ ...content, action: { label: 'x', url } })).toThrow(TypeError)
    }
    const local = { label: 'x', url: 'http://localhost:4000/confirm?t=1' }
    expect(renderMail({ ...content, action: local }).text).toContain(local.url)
  })
})
