import type { Platform } from '../../platform/context.ts'
import { connectionRestored } from '../networks/index.ts'
import { publishTarget } from './publish-target.ts'
import { resumeTargets } from './resume-targets.ts'
import * as signals from './signals.ts'
import { tellOutcome } from './tell-outcome.ts'

/** Which verb works on which job. */
export function workOnPublishing(platform: Platform): void {
  const { jobs } = platform
  jobs.on(signals.publishTarget, (payload, { signal }) => publishTarget(platform, payload, signal))
  jobs.on(signals.tellOutcome, (payload) => tellOutcome(platform, payload))
  jobs.on(connectionRestored, (payload) => resumeTargets(platform, payload))
}
