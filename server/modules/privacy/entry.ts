import type { Entry } from '../../platform/entry.ts'
import { workOnPrivacy } from './jobs.ts'
import { mountPrivacyPage, type PrivacyFacts } from './mount-privacy-page.ts'
import { privacyDataClasses } from './personal-data.ts'
import { sweepJob } from './signals.ts'
import type { SweepDuty } from './sweep.ts'

export { privacyApi } from './api.ts'
export { currentVersion } from './privacy-version.ts'

/**
 * What the app mounts. Privacy uses no product module: what the others declare (their data classes,
 * the recipients in use, how to page through workspaces) is handed in here.
 */
export function privacyEntry(declared: SweepDuty & PrivacyFacts): Entry {
  return {
    dataClasses: privacyDataClasses,
    signals: [sweepJob],
    work: (platform) => workOnPrivacy(platform, declared),
    mount: (server, platform) => mountPrivacyPage(server, platform, declared),
  }
}
