import type { z } from 'zod'
import { type Answer, json } from '../../vendor.ts'

/** An error answer of Resend; the names are those of its SDK. */
export class MailRefusal extends Error {
  readonly status: number
  readonly errorName: string
  readonly headers: Record<string, string>

  constructor(status: number, name: string, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.errorName = name
    this.headers = headers
  }

  answer(): Answer {
    const { status: statusCode, errorName: name, message } = this
    return json(statusCode, { statusCode, name, message }, this.headers)
  }
}

/** The first fault of a body, in Resend's words where they are known. */
export function invalidMail(error: z.ZodError): MailRefusal {
  const issue = error.issues[0]
  const field = issue?.path.join('.') ?? ''
  if (issue?.code === 'unrecognized_keys') {
    return new MailRefusal(422, 'validation_error', `Unrecognized key: ${issue.keys[0]}`)
  }
  const isMissing = issue?.code === 'invalid_type' || issue?.code === 'invalid_union'
  if (isMissing && issue.input === undefined && issue.path.length === 1) {
    return new MailRefusal(422, 'missing_required_field', `Missing \`${field}\` field.`)
  }
  if (/^(?:from|to|cc|bcc|reply_to)/.test(field)) {
    return new MailRefusal(
      422,
      'validation_error',
      `Invalid \`${field.split('.')[0]}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`,
    )
  }
  return new MailRefusal(422, 'validation_error', `Invalid \`${field}\` field: ${issue?.message}`)
}
