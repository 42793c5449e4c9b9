/**
 * Pinterest, API v5. What is not sure about it is marked [unconfirmed] where it is used, and listed
 * in docs/networks/pinterest.md.
 */
import type { Adapter } from '../../adapter.ts'
import { account } from './account.ts'
import { fingerprint } from './fingerprint.ts'
import { hosts } from './hosts.ts'
import { look } from './look.ts'
import { manifest } from './manifest.ts'
import { authorizeUrl, exchangeCode, readCallback, refresh } from './oauth.ts'
import { externalIdOf, externalUrl } from './pin-address.ts'
import { childPlaces, places } from './places.ts'
import { prepare } from './prepare.ts'
import { submit, submitTimeoutMs } from './submit.ts'

export const pinterest: Adapter = {
  manifest,
  hosts,
  submitTimeoutMs,
  settle: {
    firstLookMs: 5_000,
    betweenLooksMs: 60_000,
    looks: 2,
    absentAfterMs: 10 * 60_000,
    resubmits: 1,
  },
  authorizeUrl,
  readCallback,
  exchangeCode,
  refresh,
  account,
  places,
  childPlaces,
  fingerprint,
  prepare,
  submit,
  look,
  externalIdOf,
  externalUrl,
}
