import { notifications } from '@mantine/notifications'
import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import { type ErrorCode, ErrorIssue, errorCodes } from '../../../contract/errors.ts'

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

const Data = z.object({
  field: z.string().optional(),
  fix: z.string().optional(),
  requestId: z.string().optional(),
  details: z
    .object({
      issues: z.array(ErrorIssue).optional().catch(undefined),
      retryAfterSeconds: z.number().optional().catch(undefined),
    })
    .optional(),
})

const isCode = (code: string): code is ErrorCode => (errorCodes as string[]).includes(code)

/** Reads whatever a call threw. Never throws itself. */
export function faultOf(error: unknown): Fault {
  const none = { fix: null, issues: [], retryAfterSeconds: null, requestId: null }
  if (error instanceof ORPCError && isCode(error.code)) {
    const data = Data.safeParse(error.data).data ?? {}
    const named = data.field ? [{ field: data.field, message: error.message }] : []
    return {
      code: error.code,
      message: error.message,
      fix: data.fix ?? null,
      issues: data.details?.issues ?? named,
      retryAfterSeconds: data.details?.retryAfterSeconds ?? null,
      requestId: data.requestId ?? null,
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
    form.setFieldError(issue.field, [issue.message, fault.fix].filter(Boolean).join('. '))
  }
  if (here.length === 0 || here.length < fault.issues.length) showFault(error)
}
