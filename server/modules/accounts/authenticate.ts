import { z } from 'zod'
import { permissionsOf } from '../../../contract/accounts.ts'
import type { ApiRequest, Identity } from '../../platform/api.ts'
import type { Platform } from '../../platform/context.ts'
import { hashToken } from '../../platform/crypto.ts'
import { AppError } from '../../platform/errors.ts'
import { rateLimits } from './rate-limits.ts'
import { keyPermissions } from './rules.ts'
import { demandOurPages } from './same-origin.ts'
import { findSession, touchSession } from './session-store.ts'
import { sessionCookie } from './sign-in.ts'
import { selectLiveKey, touchApiKey } from './store.ts'
import { findToken } from './token-store.ts'

export const keyPrefix = 'avk_'

/**
 * Whom a request comes from: a person by the cookie of a session, or an API key. Null for nobody.
 * @throws AppError when both are sent, when a key does not hold, when a key is over its limit, and
 *   when a cookie comes with a change from a foreign page
 */
export async function authenticate(
  platform: Platform,
  request: ApiRequest,
): Promise<Identity | null> {
  const token = cookieOf(request, sessionCookie(platform.config.secure))
  const authorization = request.headers.get('authorization')
  if (authorization !== null && token !== null) {
    throw new AppError('bad_request', {
      message: 'The request carries both a cookie and a key.',
      field: 'authorization',
      fix: 'Send one of them.',
    })
  }
  if (authorization !== null) return byKey(request, platform, authorization)
  if (token === null) return null
  return bySession(request, platform, token)
}

async function bySession(
  request: ApiRequest,
  { database, config }: Platform,
  token: string,
): Promise<Identity | null> {
  const named = z.uuid().safeParse(request.headers.get('avow-workspace'))
  const workspaceId = named.success ? named.data : null
  // One statement for each request: no transaction around it.
  const session = await findSession(database.direct, hashToken(token), workspaceId)
  if (!session) return null
  demandOurPages(request, config.url)
  if (session.stale) await touchSession(database.direct, session.id)
  return {
    actor: { kind: 'person', id: session.personId, sessionId: session.id },
    personId: session.personId,
    workspaceId: session.role ? workspaceId : null,
    permissions: new Set(session.role ? permissionsOf[session.role] : []),
  }
}

async function byKey(
  request: ApiRequest,
  platform: Platform,
  authorization: string,
): Promise<Identity> {
  const token = /^bearer (avk_[\w-]{20,100})$/i.exec(authorization)?.[1]
  const found = token
    ? await platform.database.global((tx) => findToken(tx, 'api_key', token))
    : undefined
  if (!found) throw keyRefused()
  const { workspaceId, subjectId: id } = found
  const key = await platform.database.workspace(workspaceId, async (tx) => {
    const row = await selectLiveKey(tx, workspaceId, id)
    if (row?.unused) await touchApiKey(tx, workspaceId, id)
    return row
  })
  if (!key) throw keyRefused()
  await takeFromLimit(request, platform, id)
  const named = request.headers.get('avow-workspace')
  return {
    actor: { kind: 'key', id, createdBy: key.createdBy },
    personId: key.createdBy,
    // A key speaks in its own workspace only. Naming another is an error, not a wish.
    workspaceId: named === null || named === workspaceId ? workspaceId : null,
    permissions: keyPermissions(key.permissions, key.makerRole),
  }
}

async function takeFromLimit(request: ApiRequest, { database }: Platform, keyId: string) {
  const verdict = await rateLimits(database).take('api-key', 'key', keyId)
  request.answerHeader('RateLimit-Limit', String(verdict.limit))
  request.answerHeader('RateLimit-Remaining', String(verdict.remaining))
  request.answerHeader('RateLimit-Reset', String(verdict.resetSeconds))
  if (verdict.ok) return
  request.answerHeader('Retry-After', String(verdict.resetSeconds))
  throw new AppError('rate_limited', {
    message: `This key made more than ${verdict.limit} requests in a minute.`,
    fix: `Wait ${verdict.resetSeconds} seconds.`,
    details: { retryAfterSeconds: verdict.resetSeconds },
  })
}

function keyRefused(): AppError {
  return new AppError('unauthenticated', {
    message: 'This API key does not hold: it is unknown, revoked or expired.',
    field: 'authorization',
    fix: 'Create a key in the settings of the workspace and send it as “Authorization: Bearer avk_…”.',
  })
}

/** The session's token in the cookie, without the library's signature: only its hash counts here. */
function cookieOf(request: ApiRequest, name: string): string | null {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const equals = pair.indexOf('=')
    if (pair.slice(0, equals).trim() !== name) continue
    const value = pair.slice(equals + 1).trim()
    const dot = value.indexOf('.')
    return dot > 0 ? value.slice(0, dot) : value
  }
  return null
}
