import type { z } from 'zod'
import { type Answer, json } from '../../vendor.ts'

/** An error answer of Pinterest: HTTP status, its own code, and what it says. */
export class Refusal extends Error {
  readonly status: number
  readonly code: number
  readonly headers: Record<string, string>

  constructor(status: number, code: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }

  answer(): Answer {
    return json(this.status, { code: this.code, message: this.message }, this.headers)
  }
}

export const invalid = (message: string) => new Refusal(400, 1, message)
export const authenticationFailed = () => new Refusal(401, 2, 'Authentication failed.')
export const boardNotFound = () => new Refusal(404, 404, 'Board not found.')
export const pinNotFound = () => new Refusal(404, 50, 'Pin not found.')
export const notYours = () =>
  new Refusal(403, 7, 'You are not authorized to access that board or Pin.')

/** The first fault of a body or query, naming the field as Pinterest's own messages do. */
export function invalidInput(error: z.ZodError, where: 'body' | 'query parameter'): Refusal {
  const issue = error.issues[0]
  if (!issue) return invalid('Invalid request')
  const path = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    const field = [...issue.path, issue.keys[0]].join('.')
    return invalid(`Invalid request: '${field}' is not a valid ${where} field`)
  }
  return invalid(path ? `Invalid request: '${path}' ${issue.message}` : issue.message)
}
