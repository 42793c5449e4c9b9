import ipaddr from 'ipaddr.js'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { hashToken } from '../../platform/crypto.ts'
import type { Database } from '../../platform/database.ts'

/** So many in so many seconds. */
type Limit = { points: number; seconds: number }

const minutes = 60
const hours = 60 * minutes

/**
 * What may be tried how often. `account` counts tries at one account from one address, which is
 * tight; `accountAnywhere` counts them from everywhere and is loose, so that nobody can easily lock
 * somebody else out.
 */
export const limits = {
  'sign-in': {
    ip: { points: 60, seconds: 10 * minutes },
    account: { points: 10, seconds: 15 * minutes },
    accountAnywhere: { points: 50, seconds: hours },
  },
  'sign-up': { ip: { points: 30, seconds: hours }, accountAnywhere: { points: 5, seconds: hours } },
  reset: { ip: { points: 20, seconds: hours }, accountAnywhere: { points: 5, seconds: hours } },
  resend: { ip: { points: 20, seconds: hours }, accountAnywhere: { points: 5, seconds: hours } },
  /** Anything that tries a token or goes to Google. */
  link: { ip: { points: 60, seconds: 10 * minutes } },
  /** Sample workspaces, each with a person, files and posts. */
  sample: { ip: { points: 10, seconds: hours } },
  'api-key': { key: { points: 600, seconds: minutes } },
} as const satisfies Record<string, Record<string, Limit>>

export type LimitName = keyof typeof limits

export type Verdict = { ok: boolean; limit: number; remaining: number; resetSeconds: number }

export type RateLimits = {
  /** Takes one from a limit that a key of ours names. */
  take(name: LimitName, by: string, key: string): Promise<Verdict>
  /** Forgets what was taken, after a success. */
  forgive(name: LimitName, by: string, key: string): Promise<void>
}

const made = new WeakMap<object, RateLimits>()

/** Limits in the table `rate_limits`: they hold over a restart and over several processes. */
export function rateLimits(database: Database): RateLimits {
  const before = made.get(database)
  if (before) return before
  const limiters = new Map<string, RateLimiterPostgres>()
  for (const [name, parts] of Object.entries(limits)) {
    for (const [by, limit] of Object.entries(parts) as [string, Limit][]) {
      const limiter = new RateLimiterPostgres({
        storeClient: database.pool,
        storeType: 'pool',
        tableName: 'rate_limits',
        tableCreated: true,
        keyPrefix: `${name}:${by}`,
        points: limit.points,
        duration: limit.seconds,
        clearExpiredByTimeout: limiters.size === 0,
      })
      limiters.set(`${name}:${by}`, limiter)
    }
  }
  const limiterOf = (name: LimitName, by: string) => {
    const limiter = limiters.get(`${name}:${by}`)
    if (!limiter) throw new Error(`There is no limit ${name} by ${by}`)
    return limiter
  }
  const all: RateLimits = {
    async take(name, by, key) {
      const limiter = limiterOf(name, by)
      const answer = await limiter.consume(key).catch((refusal) => {
        if (refusal instanceof RateLimiterRes) return refusal
        throw refusal
      })
      return {
        ok: answer.consumedPoints <= limiter.points,
        limit: limiter.points,
        remaining: Math.max(0, answer.remainingPoints),
        resetSeconds: Math.max(1, Math.ceil(answer.msBeforeNext / 1000)),
      }
    },
    async forgive(name, by, key) {
      await limiterOf(name, by).delete(key)
    },
  }
  made.set(database, all)
  return all
}

/** What stands for an address: of IPv6 the /64, which one customer has whole. */
export function ipKey(ip: string): string {
  if (!ipaddr.isValid(ip)) return 'unknown'
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return `${(address as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}

/** What stands for an account: no e-mail address lies in the table. */
export const accountKey = (email: string): string => hashToken(email).slice(0, 22)
