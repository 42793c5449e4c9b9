import { FERN_AND_BLOOM } from './fern-and-bloom.ts'
import { HARBOUR_BAKERY } from './harbour-bakery.ts'
import { OAK_AND_IRON } from './oak-and-iron.ts'
import type { SeedBusiness } from './seed-types.ts'

/** Three businesses, as their owners would have set them up. */
export const BUSINESSES: SeedBusiness[] = [FERN_AND_BLOOM, HARBOUR_BAKERY, OAK_AND_IRON]
