import { Refusal } from './refusal.ts'
import type { App, RateCategory } from './types.ts'

/** Calls per minute and person (standard) and per day over all persons (trial): developers.pinterest.com, "Rate limits". */
const STANDARD_PER_MINUTE = { org_read: 1000, org_write: 100, org_analytics: 60 } as const
const TRIAL_PER_DAY = { org_read: 1000, org_write: 300, org_analytics: 1000 } as const
const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

type Window = { startedAt: number; used: number }

/** Fixed windows on the sandbox's clock. Counts are not kept over a restart, like a vendor's cache. */
export class RateLimits {
  readonly #windows = new Map<string, Window>()

  clear(): void {
    this.#windows.clear()
  }

  /** Counts one call. Returns the headers of its answer; throws the 429 when the window is used up. */
  count(app: App, accountId: string, category: RateCategory, now: number): Record<string, string> {
    if (app.tier === 'standard') {
      const burst = this.#use(`${app.clientId}:${accountId}:second`, SECOND, app.perSecond, now)
      if (!burst.isAllowed) throw exceeded(burst.headers)
    }
    const counted =
      app.tier === 'trial'
        ? this.#use(
            `${app.clientId}:${category}`,
            DAY,
            app.limits[category] ?? TRIAL_PER_DAY[category],
            now,
          )
        : this.#use(
            `${app.clientId}:${accountId}:${category}`,
            MINUTE,
            app.limits[category] ?? STANDARD_PER_MINUTE[category],
            now,
          )
    if (!counted.isAllowed) throw exceeded(counted.headers)
    return counted.headers
  }

  #use(
    key: string,
    lengthMs: number,
    limit: number,
    now: number,
  ): { isAllowed: boolean; headers: Record<string, string> } {
    let window = this.#windows.get(key)
    if (!window || now >= window.startedAt + lengthMs || now < window.startedAt) {
      window = { startedAt: now, used: 0 }
      this.#windows.set(key, window)
    }
    const isAllowed = window.used < limit
    if (isAllowed) window.used += 1
    const resetSeconds = Math.ceil((window.startedAt + lengthMs - now) / 1000)
    return { isAllowed, headers: rateHeaders(limit, limit - window.used, resetSeconds) }
  }
}

/** The three headers; `reset` is in seconds from now. */
export function rateHeaders(
  limit: number,
  remaining: number,
  resetSeconds: number,
): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, remaining)),
    'x-ratelimit-reset': String(resetSeconds),
  }
}

function exceeded(headers: Record<string, string>): Refusal {
  return new Refusal(429, 8, 'You have exceeded your rate limit. Try again later.', headers)
}
