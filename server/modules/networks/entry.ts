import type { Entry } from '../../platform/entry.ts'
import { workOnNetworks } from './jobs.ts'
import { networksDataClasses } from './personal-data.ts'
import { mountNetworkRoutes } from './routes.ts'
import { connectionRestored, renewAheadJob, tellSignInNeeded } from './signals.ts'

export { networksApi } from './api.ts'

export const networksEntry: Entry = {
  dataClasses: networksDataClasses,
  // Others work on connectionRestored; its queue is made here, since it is sent from here.
  signals: [connectionRestored, renewAheadJob, tellSignInNeeded],
  work: workOnNetworks,
  mount: mountNetworkRoutes,
}
