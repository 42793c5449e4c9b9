import type { Platform } from '../../platform/context.ts'
import { sweepJob } from './signals.ts'
import { type SweepDuty, sweep } from './sweep.ts'

export function workOnPrivacy(platform: Platform, duty: SweepDuty): void {
  platform.jobs.on(sweepJob, async (_payload, { signal }) => {
    const count = await sweep(platform, duty, signal)
    platform.log.info({ count }, 'ended what was past its clock')
  })
}
