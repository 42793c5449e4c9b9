import { notifications } from '@mantine/notifications'
import { ORPCError } from '@orpc/client'
import type { ErrorBody, ErrorCode, ErrorIssue } from '../../../contract/errors.ts'
import { sentences } from '../ui/sentences.ts'

/** What went wrong, ready to be shown. `offline` is ours: no answer came at all. */
export type Fault = {
  code: ErrorCode | 'offline'
  /** What happened, a sentence for a person. */
  message: string
  /** What to do about it. */
  fix: string | null
  /** Every field that the server named, with its own words. */
  issues: ErrorIssue[]
  retryAfterSeconds: number | null
  /** What to tell whoever runs the server, so that they find it in the log. */
  requestId: string | null
}

type Data = Omit<ErrorBody['error'], 'code' | 'message'>

// `api.ts` puts the server's own answer here; anything else is an error of the wire.
const isAnswer = (data: unknown): data is Data =>
  typeof data === 'object' && data !== null && 'requestId' in data

/** Reads whatever a call threw. Never throws itself. */
export function faultOf(error: unknown): Fault {
  const none = { fix: null, issues: [], retryAfterSeconds: null, requestId: null }
  if (error instanceof ORPCError && isAnswer(error.data)) {
    const { field, fix, details, requestId } = error.data
    const named = field ? [{ field, message: error.message }] : []
    const { issues, retryAfterSeconds } = details ?? {}
    return {
      code: error.code as ErrorCode,
      message: error.message,
      fix: fix ?? null,
      issues: Array.isArray(issues) ? (issues as ErrorIssue[]) : named,
      retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null,
      requestId,
    }
  }
  // What fetch throws when no answer came; each browser has words of its own for it.
  if (error instanceof TypeError) {
    return {
      ...none,
      code: 'offline',
      message: 'The server can’t be reached',
      fix: 'Check your connection, then try again.',
    }
  }
  return {
    ...none,
    code: 'internal',
    message: 'Something went wrong here',
    fix: 'Try again. If it happens again, tell whoever runs this server.',
  }
}

/** Says it in a notification: for faults that belong to no field. */
export function showFault(error: unknown): void {
  const fault = faultOf(error)
  notifications.show({
    color: 'red',
    title: fault.message,
    message: [fault.fix, fault.code === 'internal' && fault.requestId && `(${fault.requestId})`]
      .filter(Boolean)
      .join(' '),
    autoClose: 10_000,
  })
}

/** The part of a Mantine form that takes errors. */
type FormWithErrors = {
  getValues: () => Record<string, unknown>
  setFieldError: (path: string, error: string) => void
}

/**
 * Puts each fault of a call where it belongs: beside the field that the server named, if the form
 * has it, and otherwise in one notification.
 */
export function placeFault(error: unknown, form: FormWithErrors): void {
  const fault = faultOf(error)
  const fields = Object.keys(form.getValues())
  const here = fault.issues.filter((issue) => fields.includes(issue.field.split('.')[0] ?? ''))
  for (const issue of here) {
    form.setFieldError(issue.field, sentences(issue.message, fault.fix))
  }
  if (here.length === 0 || here.length < fault.issues.length) showFault(error)
}
