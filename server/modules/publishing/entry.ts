import type { Entry } from '../../platform/entry.ts'
import { workOnPublishing } from './jobs.ts'
import { publishingDataClasses } from './personal-data.ts'
import * as signals from './signals.ts'

export { publishingApi } from './api.ts'

export const publishingEntry: Entry = {
  dataClasses: publishingDataClasses,
  signals: [signals.publishTarget, signals.tellOutcome],
  work: workOnPublishing,
}
