import type { Answer, Call, VendorRoute } from '../../vendor.ts'
import type { World } from '../../world.ts'
import { MailRefusal } from './refusal.ts'

const RESEND_KEY = 're_sandbox'
const SECOND = 1000

const windows = new WeakMap<World, { startedAt: number; used: number }>()

/** A route that the API key opens, with Resend's rate limit and its error bodies. */
export function operation(name: string, handle: VendorRoute['handle']): VendorRoute {
  const [method, path = ''] = name.split(' ') as [VendorRoute['method'], string]
  return {
    hosts: ['api.resend.com'],
    method,
    path: path.replace(/\{(\w+)\}/g, ':$1'),
    operation: name,
    handle: async (call) => {
      try {
        requireKey(call)
        const rate = countCall(call)
        const answer: Answer = await handle(call)
        return { ...answer, headers: { ...rate, ...answer.headers } }
      } catch (error) {
        if (error instanceof MailRefusal) return error.answer()
        throw error
      }
    },
  }
}

function requireKey(call: Call): void {
  const [, key] = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '') ?? []
  if (key === undefined) {
    throw new MailRefusal(401, 'missing_api_key', 'Missing API key in the authorization header.')
  }
  if (key !== RESEND_KEY) throw new MailRefusal(401, 'invalid_api_key', 'API key is invalid')
}

function countCall({ world }: Call): Record<string, string> {
  const now = world.clock.now()
  const limit = world.mailbox.perSecond
  let window = windows.get(world)
  if (!window || now >= window.startedAt + SECOND || now < window.startedAt) {
    window = { startedAt: now, used: 0 }
    windows.set(world, window)
  }
  window.used += 1
  const headers = {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(Math.max(0, limit - window.used)),
    'ratelimit-reset': '1',
  }
  if (window.used <= limit) return headers
  throw new MailRefusal(
    429,
    'rate_limit_exceeded',
    `Too many requests. You can only make ${limit} requests per second.`,
    { ...headers, 'retry-after': '1' },
  )
}
