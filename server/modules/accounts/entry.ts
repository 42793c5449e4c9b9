import type { Entry } from '../../platform/entry.ts'
import { mountSignIn } from './auth-routes.ts'
import { workOnAccounts } from './jobs.ts'
import { accountsDataClasses } from './personal-data.ts'
import { accountsSignals } from './signals.ts'

export { accountsApi } from './api.ts'

export const accountsEntry: Entry = {
  dataClasses: accountsDataClasses,
  signals: accountsSignals,
  work: workOnAccounts,
  mount: mountSignIn,
}
