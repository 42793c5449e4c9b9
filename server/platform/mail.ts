/** Sending mail, by Resend through egress or by SMTP. */
import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { z } from 'zod'
import type { MailConfig } from './config.ts'
import { type Egress, EgressError } from './egress.ts'
import type { Log } from './log.ts'
import { checkMessage, type MailMessage } from './mail-message.ts'
import { redactText } from './redact.ts'

export type { MailMessage } from './mail-message.ts'

export type Mail = {
  /**
   * Sends one mail to one person. `messageId` is the vendor's id (Resend) or the Message-ID (SMTP).
   * @throws AppError `unprocessable` for what may not be sent, MailFailed for what did not go.
   */
  send(message: MailMessage): Promise<{ messageId: string }>
  close(): void
}

export class MailFailed extends Error {
  override readonly name = 'MailFailed'
  /** Whether trying again with the same key makes sense. */
  readonly retryable: boolean
  /** Whether it may have been accepted all the same. */
  readonly sent: boolean
  readonly retryAfterSeconds: number | undefined

  constructor(
    message: string,
    known: {
      retryable: boolean
      sent: boolean
      retryAfterSeconds?: number | undefined
      cause?: unknown
    },
  ) {
    super(message, known.cause === undefined ? undefined : { cause: known.cause })
    this.retryable = known.retryable
    this.sent = known.sent
    this.retryAfterSeconds = known.retryAfterSeconds
  }
}

/** The configuration's mail group with what it goes through. */
export type MailOptions = MailConfig & { egress: Egress; log: Log }

type Driver = {
  send(message: MailMessage, headers: Record<string, string>): Promise<string>
  close(): void
}

export function createMail(options: MailOptions): Mail {
  const driver = options.driver === 'smtp' ? smtp(options) : resend(options)
  return {
    async send(given) {
      const message = checkMessage(given)
      const headers: Record<string, string> = { ...message.headers }
      const oneClick = headers['List-Unsubscribe']?.includes('<https:')
      if (oneClick) headers['List-Unsubscribe-Post'] ??= 'List-Unsubscribe=One-Click'
      // Out-of-office robots shall not answer.
      headers['Auto-Submitted'] ??= 'auto-generated'
      const messageId = await driver.send(message, headers)
      const { kind, workspaceId } = message
      options.log.debug({ messageId, kind, workspaceId, driver: options.driver }, 'mail sent')
      return { messageId }
    },
    close: () => driver.close(),
  }
}

const Accepted = z.object({ id: z.string().min(1) })
const Refused = z.object({ name: z.string().optional(), message: z.string().optional() })

/** https://resend.com/docs/api-reference/emails/send-email; keys are kept for 24 hours. */
function resend({ egress, apiKey, from }: MailOptions & { driver: 'resend' }): Driver {
  return {
    async send(message, headers) {
      const { to, subject, text, html, replyTo, workspaceId } = message
      const body = {
        from,
        to: [to],
        subject,
        text,
        html,
        headers,
        ...(replyTo && { reply_to: replyTo }),
      }
      const answer = await egress
        .request({
          purpose: 'mail',
          processor: 'resend',
          workspaceId,
          method: 'POST',
          url: 'https://api.resend.com/emails',
          headers: {
            authorization: `Bearer ${apiKey}`,
            'content-type': 'application/json',
            'idempotency-key': vendorKey(message.idempotencyKey),
          },
          body: JSON.stringify(body),
        })
        .catch((cause: unknown) => {
          if (!(cause instanceof EgressError)) throw cause
          // With the key a second try is the same mail, even when the first one arrived.
          const known = { retryable: cause.name !== 'EgressRefused', sent: cause.sent, cause }
          throw new MailFailed(`Resend could not be reached. ${cause.message}`, known)
        })
      const { status } = answer
      if (status < 200 || status > 299) throw resendFault(status, answer.headers, answer.text())
      return Accepted.parse(answer.json()).id
    },
    close() {},
  }
}

function resendFault(status: number, headers: Record<string, string>, text: string): MailFailed {
  const { name, message } = parsedRefusal(text)
  const busy = status === 409 && name === 'concurrent_idempotent_requests'
  const seconds = Number(headers['retry-after'])
  return new MailFailed(
    `Resend refused the mail (${status}${name ? ` ${name}` : ''}): ${redactText(message ?? 'no reason given')}`,
    {
      retryable: busy || status === 429 || status >= 500,
      // After a 5xx nobody knows.
      sent: busy || status >= 500,
      retryAfterSeconds: Number.isFinite(seconds) && headers['retry-after'] ? seconds : undefined,
    },
  )
}

function parsedRefusal(text: string): z.infer<typeof Refused> {
  try {
    return Refused.parse(JSON.parse(text))
  } catch {
    // A proxy's error page instead of Resend's JSON: the status has to do.
    return {}
  }
}

// Resend takes 256 characters of plain ASCII.
function vendorKey(key: string): string {
  return /^[\x21-\x7e]{1,256}$/.test(key) ? key : createHash('sha256').update(key).digest('hex')
}

/** Any SMTP server. What leaves is ledgered like everything else. */
function smtp(options: MailOptions & { driver: 'smtp' }): Driver {
  const { egress, host, port, tls, login, from } = options
  const transport = createTransport({
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
    pool: true,
    maxConnections: 3,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // A mail's content is text that we hold; never a path or a URL to be read for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^>\s]+)>?$/.exec(from)?.[1] ?? host

  return {
    async send(message, headers) {
      const { to, subject, text, html, replyTo } = message
      // The same key gives the same Message-ID: mailboxes then show a second copy once.
      const id = createHash('sha256').update(message.idempotencyKey).digest('hex').slice(0, 40)
      const messageId = `<${id}@${domain}>`
      const started = performance.now()
      const fault = await transport
        .sendMail({
          from,
          to,
          subject,
          text,
          html,
          headers,
          messageId,
          ...(replyTo && { replyTo }),
        })
        .then(
          () => undefined,
          (error: unknown) => smtpFault(error),
        )
      await egress.ledger({
        workspaceId: message.workspaceId,
        purpose: 'mail',
        processor: 'smtp',
        method: 'SMTP',
        host,
        hop: 0,
        status: undefined,
        outcome: fault ? 'failed' : 'answered',
        sent: fault?.sent ?? true,
        sandbox: false,
        durationMs: Math.round(performance.now() - started),
        receivedBytes: 0,
      })
      if (fault) throw fault
      return messageId
    },
    close: () => transport.close(),
  }
}

function smtpFault(error: unknown): MailFailed {
  const { responseCode, code, message } = error as {
    responseCode?: number
    code?: string
    message?: string
  }
  // RFC 5321 4.2.1: 4yz is transient, 5yz permanent. A refusal in words means: not accepted.
  const refused = typeof responseCode === 'number'
  const before = ['EDNS', 'ETLS', 'EAUTH', 'ECONNREFUSED', 'EENVELOPE'].includes(code ?? '')
  return new MailFailed(
    `The mail server did not take the mail: ${redactText(message ?? 'unknown')}`,
    {
      retryable: refused ? responseCode < 500 : code !== 'EENVELOPE' && code !== 'EAUTH',
      sent: !refused && !before && !/ECONNREFUSED/.test(message ?? ''),
      cause: error,
    },
  )
}
