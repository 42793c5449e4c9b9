import { createHash } from 'node:crypto'
import { ORPCError, os, ValidationError } from '@orpc/server'
import { z } from 'zod'
import type { Meta } from '../../contract/base.ts'
import { type Caller, demand, type Platform, scopeOf } from './context.ts'
import { AppError, toAppError } from './errors.ts'
import { answerOnce } from './idempotency.ts'

/** What a request shows of itself, as the API needs it. */
export type ApiRequest = {
  id: string
  method: string
  headers: Headers
  ip: string
  /** Sets a header of the answer. */
  answerHeader(name: string, value: string): void
}

/** Whom a request comes from, as the accounts module found out. */
export type Identity = {
  actor: Caller['actor']
  personId: string
  /** Null when no workspace was named, or the person does not belong to it. */
  workspaceId: string | null
  permissions: Caller['permissions']
}

export type ApiContext = {
  platform: Platform
  request: ApiRequest
  authenticate(request: ApiRequest): Promise<Identity | null>
}

/** A person who is signed in, outside any workspace. */
export type Visitor = Platform & { personId: string; sessionId: string; request: ApiRequest }

const guard = os.$context<ApiContext>()

/*
 * The guards of the API. Each module begins with one of them:
 * `implement(contract.publishing).$context<ApiContext>().use(inside)`.
 */

/** For routes of `who: 'person'`: hands on a `visitor`. */
export const signedIn = guard.middleware(async ({ context, next }) =>
  next({ context: { visitor: await visitorOf(context) } }),
)

/**
 * For routes that name a permission: hands on a `caller` who has it, inside the workspace. A
 * creating call with an `Idempotency-Key` runs once.
 */
export const inside = guard.middleware(
  async ({ context, next, procedure, path }, input, output) => {
    const meta = procedure['~orpc'].meta as Meta
    const caller = await callerOf(context, meta)
    const key = context.request.headers.get('idempotency-key')
    if (!meta.creates || key === null) return next({ context: { caller } })
    const requestHash = createHash('sha256')
      .update(JSON.stringify(input ?? null))
      .digest('base64url')
    const call = { key, route: path.join('.'), requestHash, secret: meta.secretAnswer ?? false }
    const answer = await answerOnce(
      caller,
      call,
      async (once) => (await next({ context: { caller: once } })).output,
    )
    // The handler has run inside already: there is no context to hand on, only its answer.
    return output(answer) as never
  },
)

async function visitorOf({ platform, request, authenticate }: ApiContext): Promise<Visitor> {
  const identity = await authenticate(request)
  if (identity?.actor.kind !== 'person') throw notSignedIn()
  return { ...platform, personId: identity.personId, sessionId: identity.actor.sessionId, request }
}

async function callerOf(
  { platform, request, authenticate }: ApiContext,
  meta: Meta,
): Promise<Caller> {
  const identity = await authenticate(request)
  if (!identity) throw notSignedIn()
  if (identity.workspaceId === null) {
    throw new AppError('not_found', {
      message: 'There is no such workspace, or you do not belong to it.',
      field: 'avow-workspace',
      fix: 'Name one of your workspaces in the header avow-workspace.',
    })
  }
  if (meta.sessionOnly && identity.actor.kind !== 'person') {
    throw new AppError('forbidden', {
      message: 'An API key cannot do this.',
      fix: 'Sign in and do it on the page.',
    })
  }
  if (meta.who !== 'public' && meta.who !== 'person') demand(identity, meta.who)
  return {
    ...scopeOf(platform, identity.workspaceId),
    actor: identity.actor,
    personId: identity.personId,
    permissions: identity.permissions,
    requestId: request.id,
  }
}

function notSignedIn(): AppError {
  return new AppError('unauthenticated', {
    message: 'Nobody is signed in.',
    fix: 'Sign in, or send an API key as “Authorization: Bearer avk_…”.',
  })
}

/** What the API library carries for us from the throw to the writing of the answer. */
export type ErrorData = { error: AppError; requestId: string }

/**
 * Wraps whatever was thrown for the API library, which knows only its own kind of error. A fault
 * that nobody foresaw goes to `onUnexpected` and is shown as `internal`.
 */
export function asApiError(
  thrown: unknown,
  requestId: string,
  onUnexpected: (error: unknown) => void,
): ORPCError<string, ErrorData> {
  const { error, expected } = toAppError(thrown instanceof ORPCError ? fromLibrary(thrown) : thrown)
  if (!expected) onUnexpected(thrown)
  return new ORPCError(error.code, { status: error.status, data: { error, requestId } })
}

function fromLibrary(error: ORPCError<string, unknown>): unknown {
  const { cause } = error
  if (cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
    return new z.core.$ZodError(cause.issues as z.core.$ZodIssue[])
  }
  if (error.status === 413)
    return new AppError('too_large', { message: 'The request is too large.' })
  if (error.status >= 400 && error.status < 500) {
    return new AppError('bad_request', {
      message: error.message || 'The request could not be read.',
    })
  }
  return error
}
