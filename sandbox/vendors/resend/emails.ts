import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Call, json, type VendorRoute } from '../../vendor.ts'
import type { Mail } from './mailbox.ts'
import { operation } from './operation.ts'
import { invalidMail, MailRefusal } from './refusal.ts'
import { type SendEmail, sendEmail } from './schemas.ts'

const LIMIT_BYTES = 40 * 1024 * 1024

const send = operation('POST /emails', (call) => {
  const [id] = onceByKey(call, () => [deliver(call, readMail(readJson(call)))])
  return json(200, { id })
})

const sendBatch = operation('POST /emails/batch', (call) => {
  const ids = onceByKey(call, () => {
    const list = z.array(z.unknown()).min(1).max(100).safeParse(readJson(call))
    if (!list.success) {
      throw new MailRefusal(422, 'validation_error', 'A batch needs 1 to 100 emails.')
    }
    return list.data.map(readMail).map((mail) => deliver(call, mail))
  })
  return json(200, { data: ids.map((id) => ({ id })) })
})

/** The same key with the same body within 24 hours gives the first answer again and sends nothing. */
function onceByKey(call: Call, work: () => string[]): string[] {
  const key = call.headers['idempotency-key']
  if (key === undefined) return work()
  if (typeof key !== 'string' || key.length < 1 || key.length > 256) {
    throw new MailRefusal(
      400,
      'invalid_idempotency_key',
      'The key must be between 1-256 chars. Retry with a valid key or without supplying an idempotency key.',
    )
  }
  const { mailbox, clock } = call.world
  const bodyHash = createHash('sha256').update(call.body).digest('hex')
  const known = mailbox.answered(key, clock.now())
  if (known && known.bodyHash !== bodyHash) {
    throw new MailRefusal(
      409,
      'invalid_idempotent_request',
      'Same idempotency key used with a different request payload.',
    )
  }
  if (known) return known.ids
  const ids = work()
  mailbox.remember(key, { bodyHash, ids, at: clock.now() })
  return ids
}

function readJson(call: Call): unknown {
  if (!call.headers['content-type']?.startsWith('application/json')) {
    throw new MailRefusal(415, 'validation_error', 'The Content-Type must be application/json.')
  }
  if (call.body.length > LIMIT_BYTES) {
    throw new MailRefusal(413, 'validation_error', 'The email is larger than 40MB.')
  }
  try {
    return JSON.parse(call.body.toString('utf8'))
  } catch {
    throw new MailRefusal(400, 'validation_error', 'The request body is not valid JSON.')
  }
}

function readMail(body: unknown): SendEmail {
  const parsed = sendEmail.safeParse(body, { reportInput: true })
  if (!parsed.success) throw invalidMail(parsed.error)
  if (parsed.data.html === undefined && parsed.data.text === undefined) {
    throw new MailRefusal(422, 'missing_required_field', 'Missing `html` or `text` field.')
  }
  return parsed.data
}

function deliver(call: Call, sent: SendEmail): string {
  const { mailbox, clock } = call.world
  const id = randomUUID()
  const mail: Mail = {
    id,
    from: sent.from,
    to: sent.to,
    cc: sent.cc ?? [],
    bcc: sent.bcc ?? [],
    replyTo: sent.reply_to ?? [],
    subject: sent.subject,
    html: sent.html ?? null,
    text: sent.text ?? null,
    headers: sent.headers ?? {},
    tags: Object.fromEntries((sent.tags ?? []).map(({ name, value }) => [name, value])),
    attachments: (sent.attachments ?? []).map((attachment) => ({
      filename: attachment.filename ?? attachment.path ?? 'attachment',
      contentType: attachment.content_type ?? null,
      bytes: Buffer.byteLength(attachment.content ?? '', 'base64'),
      contentId: attachment.content_id ?? null,
    })),
    messageId: `<${id}@sandbox.resend.dev>`,
    at: clock.now(),
    scheduledAt: sent.scheduled_at ?? null,
  }
  mailbox.add(mail)
  call.world.changed()
  return id
}

const get = operation('GET /emails/{email_id}', ({ world, params }) => {
  const mail = world.mailbox.find(params.email_id ?? '')
  if (!mail) throw new MailRefusal(404, 'not_found', 'Email not found')
  return json(200, present(mail))
})

function present(mail: Mail) {
  const isScheduled = mail.scheduledAt !== null
  return {
    object: 'email',
    id: mail.id,
    message_id: mail.messageId,
    to: mail.to,
    from: mail.from,
    created_at: new Date(mail.at).toISOString(),
    subject: mail.subject,
    ...(mail.html === null ? {} : { html: mail.html }),
    ...(mail.text === null ? {} : { text: mail.text }),
    bcc: mail.bcc,
    cc: mail.cc,
    reply_to: mail.replyTo,
    last_event: isScheduled ? 'scheduled' : 'delivered',
  }
}

export const emailRoutes: VendorRoute[] = [send, sendBatch, get]
