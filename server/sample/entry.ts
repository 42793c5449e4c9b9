import type { AnyRouter } from '@orpc/server'
import type { Entry } from '../platform/entry.ts'
import { fillSample } from './fill-sample.ts'
import * as signals from './signals.ts'

export { sampleProcessor } from './connect-accounts.ts'
export { openSample } from './open-sample.ts'

/**
 * The sample workspace stands above all modules: it is filled through the API that they make
 * together, which the app hands in.
 */
export function sampleEntry(router: AnyRouter): Entry {
  return {
    dataClasses: [],
    signals: [signals.fillSample],
    work: (platform) => {
      platform.jobs.on(signals.fillSample, (payload) => fillSample(platform, router, payload))
    },
  }
}
