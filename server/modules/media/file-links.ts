import { createHmac } from 'node:crypto'
import type { Scope } from '../../platform/context.ts'
import { deriveSecret, sameSecret } from '../../platform/crypto.ts'

type Keys = Pick<Scope, 'keyRing' | 'clock'>

const stepMs = 6 * 3_600_000

/**
 * Address of a stored file, good for 6 to 12 hours. Rounded, so that it stays the same for hours and
 * browsers may keep what they fetched. The signature is the permission: no look-up is needed.
 */
export function fileLink({ keyRing, clock }: Keys, storageKey: string): string {
  const expires = (Math.floor(clock.now().getTime() / stepMs) + 2) * stepMs
  return `/files/${storageKey}?expires=${expires}&signature=${sign(keyRing, storageKey, expires)}`
}

/** Whether a link is ours and still good. */
export function isGoodLink(
  { keyRing, clock }: Keys,
  storageKey: string,
  expires: number,
  signature: string,
) {
  if (!Number.isSafeInteger(expires) || expires <= clock.now().getTime()) return false
  return sameSecret(signature, sign(keyRing, storageKey, expires))
}

function sign(keyRing: Keys['keyRing'], storageKey: string, expires: number): string {
  return createHmac('sha256', deriveSecret(keyRing, 'file links'))
    .update(`${storageKey}\n${expires}`)
    .digest('base64url')
}
