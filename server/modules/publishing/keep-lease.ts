import type { Scope } from '../../platform/context.ts'
import { held } from './outcomes.ts'
import { leaseAt } from './rules.ts'
import { extendLease } from './store-targets.ts'
import type { Claim } from './types.ts'

/**
 * Extends the lease while long work goes on (the upload of a video). `signal` aborts when the lease
 * is lost or the server stops: then nothing may be begun any more.
 */
export function keepLease(
  scope: Scope,
  claim: Claim,
  stop: AbortSignal,
): { signal: AbortSignal; stop(): void } {
  const lost = new AbortController()
  const ms = leaseAt(scope.config.pace)
  let asking = false
  const timer = setInterval(async () => {
    // A busy database gets no second question while the first waits.
    if (asking) return
    asking = true
    try {
      const kept = await scope.tx((tx) => extendLease(tx, held(claim), ms))
      if (!kept) lost.abort(new Error('Somebody else took this target over'))
    } catch (error) {
      // The database is away. The next tick tries again; the fence guards every write meanwhile.
      scope.log.warn({ err: error, targetId: claim.target.id }, 'could not extend a lease')
    } finally {
      asking = false
    }
  }, ms / 3)
  return { signal: AbortSignal.any([stop, lost.signal]), stop: () => clearInterval(timer) }
}
