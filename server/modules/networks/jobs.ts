import type { Platform } from '../../platform/context.ts'
import { renewAhead } from './renew-ahead.ts'
import { renewAheadJob, tellSignInNeeded } from './signals.ts'
import { tellSignInNeededByMail } from './tell-sign-in-needed.ts'

/** Which verb works on which job. */
export function workOnNetworks(platform: Platform): void {
  const { jobs } = platform
  jobs.on(renewAheadJob, (_payload, { signal }) => renewAhead(platform, signal))
  jobs.on(tellSignInNeeded, (payload) => tellSignInNeededByMail(platform, payload))
}
