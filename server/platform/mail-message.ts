/** What may be mailed: strings only, one recipient, no line break that could become a header. */
import { z } from 'zod'
import { AppError } from './errors.ts'

// One bare address. No list, no display name, no route: nothing that a parser could read otherwise.
const address = z
  .string()
  .max(254)
  .regex(/^[^\s@<>,;:"'()[\]\\\p{C}]{1,64}@[^\s@<>,;:"'()[\]\\\p{C}]+$/u, 'is no e-mail address')

const oneLine = z.string().regex(/^\P{C}*$/u, 'must be one line')

// Headers that say who sends, who gets it and how it is built are ours alone.
const headerNames = z.enum([
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'In-Reply-To',
  'References',
  'Auto-Submitted',
  'X-Entity-Ref-ID',
])

const Message = z
  .strictObject({
    to: address,
    subject: oneLine.min(1).max(500),
    text: z.string().min(1).max(500_000),
    html: z.string().min(1).max(1_000_000),
    kind: z.enum(['transactional', 'marketing']),
    /** The same key is the same mail: it is not sent a second time where the driver can prevent it. */
    idempotencyKey: z.string().min(1).max(1000),
    replyTo: address.optional(),
    headers: z.partialRecord(headerNames, oneLine.min(1).max(2000)).optional(),
    workspaceId: z.string().optional(),
  })
  .refine((message) => message.kind !== 'marketing' || message.headers?.['List-Unsubscribe'], {
    // RFC 8058; Gmail and Yahoo demand it of everybody who sends in bulk.
    message: 'needs List-Unsubscribe when it is marketing',
    path: ['headers'],
  })

export type MailMessage = z.infer<typeof Message>

/** The message as it may be sent. @throws AppError `unprocessable`, naming the field. */
export function checkMessage(message: unknown): MailMessage {
  const parsed = Message.safeParse(message)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') || 'mail'
  throw new AppError('unprocessable', {
    message: `The mail cannot be sent: ${field} ${issue?.message ?? 'is not as expected'}.`,
    field,
    fix: 'Check the address and the text of the mail.',
  })
}
