import type { Scope } from '../../platform/context.ts'
import { held } from './outcomes.ts'
import { leaseMs } from './rules.ts'
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
  const ms = leaseMs / scope.config.pace
  const timer = setInterval(async () => {
    try {
      const kept = await scope.tx((tx) => extendLease(tx, held(claim), ms))
      if (!kept) lost.abort(new Error('Somebody else took this target over'))
    } catch (error) {
      // The database is away. The next tick tries again; the fence guards every write meanwhile.
      scope.log.warn({ err: error, targetId: claim.target.id }, 'could not extend a lease')
    }
  }, ms / 3)
  return { signal: AbortSignal.any([stop, lost.signal]), stop: () => clearInterval(timer) }
}
