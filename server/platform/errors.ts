/** The one error that is shown to people. Anything else becomes `internal` and is alerted. */
import { z } from 'zod'
import {
  type ErrorBody,
  type ErrorCode,
  type ErrorIssue,
  errorStatus,
} from '../../contract/errors.ts'

export type AppErrorParts = {
  /** What happened, in a sentence. */
  message: string
  /** Which field or file, as a dotted path of the request. */
  field?: string | undefined
  /** What the person can do about it. */
  fix?: string | undefined
  /** Facts for a program. Never secrets, never another person's data. */
  details?: Record<string, unknown> | undefined
  /** What led here; for the log only. */
  cause?: unknown
}

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly fix: string | undefined
  readonly details: Record<string, unknown> | undefined

  constructor(code: ErrorCode, parts: AppErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause })
    this.code = code
    this.field = parts.field
    this.fix = parts.fix
    this.details = parts.details
  }

  get status(): number {
    return errorStatus[this.code]
  }
}

/**
 * Turns whatever was thrown into an AppError. `expected` is false when nobody foresaw it: then it
 * must be logged as an error and alerted, and only the request id is shown.
 */
export function toAppError(thrown: unknown): { error: AppError; expected: boolean } {
  if (thrown instanceof AppError)
    return { error: thrown, expected: errorStatus[thrown.code] !== 500 }
  if (thrown instanceof z.core.$ZodError) return { error: validationError(thrown), expected: true }
  const error = new AppError('internal', {
    message: 'Something went wrong on our side.',
    fix: 'Try again in a moment. If it stays, tell the operator the request id.',
    cause: thrown,
  })
  return { error, expected: false }
}

/** A zod fault as `bad_request`: the first issue leads, all are in `details.issues`. */
export function validationError(fault: z.core.$ZodError): AppError {
  const issues: ErrorIssue[] = fault.issues.map((issue) => ({
    field: issue.path.map(String).join('.'),
    message: issue.message,
  }))
  const first = issues[0]
  return new AppError('bad_request', {
    message: first?.message ?? 'The request does not have the expected shape.',
    field: first?.field || undefined,
    details: { issues },
    cause: fault,
  })
}

/** The answer's body for an error, as `contract/errors.ts` fixes it. */
export function errorBody(error: AppError, requestId: string): ErrorBody {
  const { code, message, field, fix, details } = error
  return {
    error: {
      code,
      message,
      ...(field === undefined ? {} : { field }),
      ...(fix === undefined ? {} : { fix }),
      ...(details === undefined ? {} : { details }),
      requestId,
    },
  }
}
