/**
 * Envelope encryption for the vault, and tokens.
 * A master key wraps one data key per workspace; a data key seals values. Destroying a workspace's
 * wrapped key makes everything sealed with it unreadable.
 * AES-256-GCM with random 96-bit nonces: safe for 2^32 seals per key (NIST SP 800-38D, 8.3).
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
// First byte of everything sealed, so that another algorithm can follow without a guess.
const aes256Gcm = 1

/** Where a sealed value lives. All of it is authenticated: moved elsewhere, it no longer opens. */
export type SealPlace = {
  table: string
  column: string
  row: string
  workspace: string
  keyVersion: number
}

/** Which data key a wrapped key is. */
export type KeyPlace = { workspace: string; keyVersion: number }

export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

/** Master keys: the first wraps, all unwrap. */
export type KeyRing = {
  readonly currentId: string
  readonly keys: ReadonlyMap<string, KeyObject>
}

/**
 * A ring from master keys of 32 bytes, current one first.
 * @throws when there is no key: nothing is ever stored plain for want of one.
 */
export function createKeyRing(masterKeys: readonly Buffer[]): KeyRing {
  const [current] = masterKeys
  if (!current) throw new Error('No master key: refusing to work without encryption.')
  const keys = new Map<string, KeyObject>()
  for (const bytes of masterKeys) keys.set(masterKeyId(bytes), secretKey(bytes))
  return { currentId: masterKeyId(current), keys }
}

/** A secret for one use (e.g. signing sessions), derived so that no second secret must be kept. */
export function deriveSecret(ring: KeyRing, use: string): Buffer {
  const key = ring.keys.get(ring.currentId)
  if (!key) throw new Error('The current master key is not on the ring.')
  return Buffer.from(hkdfSync('sha256', key, '', `avow ${use}`, keyBytes))
}

/** A fresh data key. A KeyObject, because it prints and serialises as nothing. */
export function createDataKey(): KeyObject {
  return createSecretKey(randomBytes(keyBytes))
}

/** Wraps a data key for storage: `<master key id>.<sealed>`. */
export function wrapKey(ring: KeyRing, dataKey: KeyObject, place: KeyPlace): string {
  const master = ring.keys.get(ring.currentId)
  if (!master) throw new Error('The current master key is not on the ring.')
  return `${ring.currentId}.${encrypt(master, dataKey.export(), keyAad(ring.currentId, place))}`
}

/**
 * Opens a wrapped data key. `needsRewrap` says that an older master key wrapped it: wrap it anew.
 * @throws SealBroken when its master key is not on the ring, or it was altered or belongs elsewhere.
 */
export function unwrapKey(
  ring: KeyRing,
  wrapped: string,
  place: KeyPlace,
): { key: KeyObject; needsRewrap: boolean } {
  const dot = wrapped.indexOf('.')
  const id = wrapped.slice(0, Math.max(dot, 0))
  const master = ring.keys.get(id)
  if (!master) throw new SealBroken('The master key that wrapped this key is not configured.')
  const bytes = decrypt(master, wrapped.slice(dot + 1), keyAad(id, place))
  return { key: secretKey(bytes), needsRewrap: id !== ring.currentId }
}

/** Encrypts a value for exactly one place. The answer is base64url text. */
export function seal(dataKey: KeyObject, plaintext: string | Buffer, place: SealPlace): string {
  return encrypt(dataKey, Buffer.from(plaintext as string), placeAad(place))
}

/** @throws SealBroken when the text was altered, moved from its place, or sealed with another key. */
export function open(dataKey: KeyObject, sealed: string, place: SealPlace): Buffer {
  return decrypt(dataKey, sealed, placeAad(place))
}

/** As `open`, for values that were text. */
export function openText(dataKey: KeyObject, sealed: string, place: SealPlace): string {
  return open(dataKey, sealed, place).toString('utf8')
}

/** A public token: prefix and 256 random bits in base64url. Keep only its hash. */
export function randomToken(prefix = ''): string {
  return prefix + randomBytes(keyBytes).toString('base64url')
}

/** How a token is kept: SHA-256, which is enough because tokens are random and long. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Compares two secrets in a time that tells nothing of where, or in what length, they differ. */
export function sameSecret(a: string | Buffer, b: string | Buffer): boolean {
  const key = randomBytes(keyBytes)
  const digest = (value: string | Buffer) => createHmac('sha256', key).update(value).digest()
  return timingSafeEqual(digest(a), digest(b))
}

function secretKey(bytes: Buffer): KeyObject {
  if (bytes.length !== keyBytes) throw new SealBroken(`A key must have ${keyBytes} bytes.`)
  return createSecretKey(bytes)
}

// Tells keys apart without saying anything of them.
function masterKeyId(bytes: Buffer): string {
  return createHmac('sha256', bytes).update('avow master key id').digest('base64url').slice(0, 11)
}

// JSON arrays, because joining with a separator would let two places share one encoding.
function placeAad(place: SealPlace): Buffer {
  const { table, column, row, workspace, keyVersion } = place
  return Buffer.from(JSON.stringify(['value', table, column, row, workspace, keyVersion]))
}

function keyAad(masterId: string, place: KeyPlace): Buffer {
  return Buffer.from(JSON.stringify(['key', masterId, place.workspace, place.keyVersion]))
}

function encrypt(key: KeyObject, plaintext: Buffer, aad: Buffer): string {
  const nonce = randomBytes(nonceBytes)
  const header = Buffer.from([aes256Gcm])
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.concat([header, aad]))
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return Buffer.concat([header, nonce, body, cipher.getAuthTag()]).toString('base64url')
}

function decrypt(key: KeyObject, text: string, aad: Buffer): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  // Decoding ignores foreign letters and loose last bits; only the one true spelling is accepted.
  if (bytes.toString('base64url') !== text) throw new SealBroken('Not a sealed value.')
  if (bytes.length < 1 + nonceBytes + tagBytes) throw new SealBroken('Not a sealed value.')
  if (bytes[0] !== aes256Gcm) throw new SealBroken('Sealed in a way this version does not know.')
  const nonce = bytes.subarray(1, 1 + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.concat([bytes.subarray(0, 1), aad]))
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes))
  try {
    const body = decipher.update(bytes.subarray(1 + nonceBytes, bytes.length - tagBytes))
    return Buffer.concat([body, decipher.final()])
  } catch (cause) {
    throw new SealBroken('This value was altered, moved, or sealed with another key.', { cause })
  }
}
