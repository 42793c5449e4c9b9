import { accountsDataClasses } from './modules/accounts/personal-data.ts'
import { mediaDataClasses } from './modules/media/personal-data.ts'
import { networksDataClasses } from './modules/networks/personal-data.ts'
import { privacyDataClasses } from './modules/privacy/personal-data.ts'
import { publishingDataClasses } from './modules/publishing/personal-data.ts'
import type { DataClass } from './platform/data-map.ts'
import { platformDataClasses } from './platform/personal-data.ts'

/** Everything that is stored, by everyone. A test holds the live schema against it. */
export const dataClasses: readonly DataClass[] = [
  ...accountsDataClasses,
  ...privacyDataClasses,
  ...networksDataClasses,
  ...mediaDataClasses,
  ...publishingDataClasses,
  ...platformDataClasses,
]
