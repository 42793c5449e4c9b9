/** What can go wrong, as the API says it: one list of codes, one shape of answer. */
import { z } from 'zod'

/** Every code an answer may carry, with its HTTP status (RFC 9110; 507 is RFC 4918). */
export const errorStatus = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  /** The same Idempotency-Key came with another body. */
  idempotency_mismatch: 409,
  /** Somebody saved the same thing since it was read. */
  stale_edit: 409,
  gone: 410,
  too_large: 413,
  unsupported_media: 415,
  /** Well formed, but a rule of the product or of a network forbids it. */
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  /** A vendor we depend on answered badly or not at all. */
  bad_gateway: 502,
  unavailable: 503,
  storage_full: 507,
} as const

export type ErrorCode = keyof typeof errorStatus

export const errorCodes = Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]

export const ErrorCodeSchema = z.enum(errorCodes)

/** One fault of a request that has several; `field` is a dotted path such as `targets.0.boardId`. */
export const ErrorIssue = z.object({ field: z.string(), message: z.string() })
export type ErrorIssue = z.infer<typeof ErrorIssue>

/**
 * The body of every answer that is not a success.
 * `message` says what happened, `field` where, `fix` what to do: all three are for a person.
 */
export const ErrorBody = z.object({
  error: z.object({
    code: ErrorCodeSchema,
    message: z.string(),
    field: z.string().optional(),
    fix: z.string().optional(),
    /** Facts for a program, e.g. `{ issues: ErrorIssue[] }` or `{ retryAfterSeconds }`. */
    details: z.record(z.string(), z.unknown()).optional(),
    /** Also in the `x-request-id` header and in the log. */
    requestId: z.string(),
  }),
})
export type ErrorBody = z.infer<typeof ErrorBody>
