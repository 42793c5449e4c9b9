import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { name as personName } from '../../../contract/base.ts'
import type { Platform } from '../../platform/context.ts'
import { ipHeader } from './ip-header.ts'
import { accountKey, ipKey, type LimitName, limits, rateLimits } from './rate-limits.ts'
import { passwordLength, sameEmail } from './rules.ts'
import { fromOurPages } from './same-origin.ts'
import { authPath, signIn } from './sign-in.ts'

const text = z.string().max(2000)
const email = z.email('Write an e-mail address, such as ana@example.com.').max(254)
const password = z.string().max(1000)
const newPassword = z
  .string()
  .min(passwordLength.min, {
    message: `Choose a password of at least ${passwordLength.min} characters.`,
  })
  .max(passwordLength.max, {
    message: `Choose a password of at most ${passwordLength.max} characters.`,
  })
const toGoogle = z.object({
  provider: z.literal('google'),
  callbackURL: text.optional(),
  errorCallbackURL: text.optional(),
  newUserCallbackURL: text.optional(),
})

type Door = {
  /** What the body may hold. Anything else in it is dropped. */
  body?: z.ZodObject
  limit?: LimitName
  /** Which answers take a set time at least, so that it does not tell if there is such an account. */
  evenly?: 'always' | 'refusals'
}

/** Every call of the sign-in library that is open. All others answer 404. */
const doors: Record<string, Door> = {
  'POST /sign-up/email': {
    body: z.object({
      name: personName(80),
      email,
      password: newPassword,
      callbackURL: text.optional(),
    }),
    limit: 'sign-up',
    evenly: 'always',
  },
  'POST /sign-in/email': {
    body: z.object({ email, password, callbackURL: text.optional() }),
    limit: 'sign-in',
    evenly: 'refusals',
  },
  'POST /sign-in/social': { body: toGoogle, limit: 'link' },
  'GET /callback/google': { limit: 'link' },
  'POST /sign-out': { body: z.object({}) },
  'GET /get-session': {},
  'POST /send-verification-email': {
    body: z.object({ email, callbackURL: text.optional() }),
    limit: 'resend',
    evenly: 'always',
  },
  'GET /verify-email': { limit: 'link' },
  'POST /request-password-reset': {
    body: z.object({ email, redirectTo: text.optional() }),
    limit: 'reset',
    evenly: 'always',
  },
  'GET /reset-password/:token': { limit: 'link' },
  'POST /reset-password': {
    body: z.object({ newPassword, token: z.string().max(200) }),
    limit: 'link',
  },
  'POST /change-password': {
    body: z.object({ currentPassword: password, newPassword }),
    limit: 'link',
  },
  'POST /update-user': { body: z.object({ name: personName(80) }) },
  'GET /list-accounts': {},
  'POST /link-social': { body: toGoogle, limit: 'link' },
  'POST /unlink-account': { body: z.object({ accountId: z.uuid() }) },
}

// Above what any of these takes here, hashing a password (50 ms) included.
const evenMs = 400

/** The sign-in library's routes, behind our checks: origin, shape of the body, limits. */
export function mountSignIn(server: FastifyInstance, platform: Platform): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: 16_384 },
      (_request, body, done) => done(null, body),
    )
    for (const [methodAndPath, door] of Object.entries(doors)) {
      const [method = '', path = ''] = methodAndPath.split(' ')
      scope.route({
        method,
        url: `${authPath}${path}`,
        handler: (request, reply) => answer(platform, door, request, reply),
      })
    }
  })
}

async function answer(
  platform: Platform,
  door: Door,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store')
  const headers = headersOf(request)
  if (!fromOurPages({ method: request.method, headers }, platform.config.url)) {
    return refuse(reply, 403, 'INVALID_ORIGIN', 'This request did not come from a page of Avow.')
  }
  const parsed = door.body?.safeParse(jsonOf(request.body))
  if (parsed?.success === false) {
    const [issue] = parsed.error.issues
    return refuse(reply, 400, codeOf(issue), issue?.message ?? 'The request could not be read.')
  }
  const body = parsed?.data as { email?: string } | undefined
  const keys = keysOf(request, body?.email)
  const waitSeconds = await secondsToWait(platform, door.limit, keys)
  if (waitSeconds > 0) {
    reply.header('retry-after', waitSeconds)
    const words = 'Too many tries. Wait a little, then try again.'
    return refuse(reply, 429, 'TOO_MANY_REQUESTS', words)
  }
  const evenly = door.evenly ? wait(evenMs) : undefined
  const response = await signIn(platform).handler(requestFor(platform, request, headers, body))
  if (door.limit === 'sign-in' && response.ok && keys.account) {
    await rateLimits(platform.database).forgive('sign-in', 'account', keys.account)
  }
  if (door.evenly === 'always' || !response.ok) await evenly
  return send(reply, response)
}

type Keys = { ip: string; account?: string; accountAnywhere?: string }

function keysOf(request: FastifyRequest, address: string | undefined): Keys {
  const ip = ipKey(request.ip)
  if (address === undefined) return { ip }
  const account = accountKey(sameEmail(address))
  return { ip, account: `${account}@${ip}`, accountAnywhere: account }
}

/** Takes one from each limit of a door. 0 when it is open. */
async function secondsToWait(
  { database }: Platform,
  limit: LimitName | undefined,
  keys: Keys,
): Promise<number> {
  if (limit === undefined) return 0
  let seconds = 0
  for (const by of Object.keys(limits[limit])) {
    const key = keys[by as keyof Keys]
    if (key === undefined) continue
    const verdict = await rateLimits(database).take(limit, by, key)
    if (!verdict.ok) seconds = Math.max(seconds, verdict.resetSeconds)
  }
  return seconds
}

function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, String(value))
  }
  // What the client says of its address counts for nothing.
  for (const name of [...headers.keys()])
    if (/^x-forwarded-|^forwarded$/.test(name)) headers.delete(name)
  headers.set(ipHeader, request.ip)
  return headers
}

function requestFor(
  { config }: Platform,
  request: FastifyRequest,
  headers: Headers,
  body: unknown,
): Request {
  headers.delete('content-length')
  headers.delete('transfer-encoding')
  // Checked above already; the library knows only this spelling of it.
  if (request.method !== 'GET') headers.set('origin', config.url)
  if (body !== undefined) headers.set('content-type', 'application/json')
  return new Request(`${config.url}${request.url}`, {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

function jsonOf(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.status(response.status)
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') reply.header(name, value)
  }
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  return reply.send(Buffer.from(await response.arrayBuffer()))
}

function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.status(status).send({ code, message })
}

/** The codes that the library has for the same faults, which its client and our pages know. */
function codeOf(issue: z.core.$ZodIssue | undefined): string {
  const field = String(issue?.path[0])
  if (field === 'email') return 'INVALID_EMAIL'
  if (field === 'password' || field === 'newPassword') {
    if (issue?.code === 'too_small') return 'PASSWORD_TOO_SHORT'
    if (issue?.code === 'too_big') return 'PASSWORD_TOO_LONG'
    return 'INVALID_PASSWORD'
  }
  return 'VALIDATION_ERROR'
}
