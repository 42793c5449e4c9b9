import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  createDataKey,
  createKeyRing,
  deriveSecret,
  hashToken,
  open,
  openText,
  randomToken,
  SealBroken,
  type SealPlace,
  sameSecret,
  seal,
  unwrapKey,
  wrapKey,
} from './crypto.ts'

const place: SealPlace = {
  table: 'connections',
  column: 'access_token',
  row: '0192-row',
  workspace: '0192-workspace',
  keyVersion: 1,
}

describe('seal', () => {
  it('opens what it sealed: text, bytes, nothing, much', () => {
    const key = createDataKey()
    for (const value of ['pina_secret', '', 'ünïcode 🎉', 'x'.repeat(100_000)]) {
      expect(openText(key, seal(key, value, place), place)).toBe(value)
    }
    const bytes = randomBytes(1000)
    expect(open(key, seal(key, bytes, place), place).equals(bytes)).toBe(true)
  })

  it('gives another text each time and never shows the value', () => {
    const key = createDataKey()
    const texts = new Set(Array.from({ length: 100 }, () => seal(key, 'pina_secret', place)))
    expect(texts.size).toBe(100)
    for (const text of texts) expect(Buffer.from(text, 'base64url').includes('pina')).toBe(false)
  })

  it('refuses a value that was moved to any other place', () => {
    const key = createDataKey()
    const sealed = seal(key, 'pina_secret', place)
    const elsewhere: SealPlace[] = [
      { ...place, table: 'webhooks' },
      { ...place, column: 'refresh_token' },
      { ...place, row: '0192-other' },
      { ...place, workspace: '0192-other' },
      { ...place, keyVersion: 2 },
      // The same letters, split differently.
      { ...place, table: 'connection', column: 'saccess_token' },
    ]
    for (const other of elsewhere) expect(() => open(key, sealed, other)).toThrow(SealBroken)
  })

  it('refuses a flip of any single bit', () => {
    const key = createDataKey()
    const bytes = Buffer.from(seal(key, 'secret', place), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes)
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => open(key, altered.toString('base64url'), place)).toThrow(SealBroken)
    }
  })

  it('refuses what is cut, empty, padded, or in loose base64', () => {
    const key = createDataKey()
    const sealed = seal(key, 'secret', place)
    for (const text of [
      '',
      'A',
      sealed.slice(0, -4),
      `${sealed}AAAA`,
      `${sealed}=`,
      ` ${sealed}`,
    ]) {
      expect(() => open(key, text, place)).toThrow(SealBroken)
    }
  })

  it('refuses another data key', () => {
    expect(() => open(createDataKey(), seal(createDataKey(), 'x', place), place)).toThrow(
      SealBroken,
    )
  })
})

describe('key ring', () => {
  const keyPlace = { workspace: '0192-workspace', keyVersion: 1 }

  it('refuses to work without a master key or with a short one', () => {
    expect(() => createKeyRing([])).toThrow('No master key')
    expect(() => createKeyRing([randomBytes(16)])).toThrow('32 bytes')
  })

  it('wraps and unwraps a data key', () => {
    const ring = createKeyRing([randomBytes(32)])
    const dataKey = createDataKey()
    const opened = unwrapKey(ring, wrapKey(ring, dataKey, keyPlace), keyPlace)
    expect(opened.key.equals(dataKey)).toBe(true)
    expect(opened.needsRewrap).toBe(false)
  })

  it('opens with an old master key, asks for a new wrap, and then needs the old one no more', () => {
    const [oldKey, newKey] = [randomBytes(32), randomBytes(32)]
    const dataKey = createDataKey()
    const wrapped = wrapKey(createKeyRing([oldKey]), dataKey, keyPlace)
    const rotating = createKeyRing([newKey, oldKey])
    const opened = unwrapKey(rotating, wrapped, keyPlace)
    expect(opened.needsRewrap).toBe(true)
    const rewrapped = wrapKey(rotating, opened.key, keyPlace)
    const after = unwrapKey(createKeyRing([newKey]), rewrapped, keyPlace)
    expect(after.key.equals(dataKey)).toBe(true)
    expect(after.needsRewrap).toBe(false)
    expect(() => unwrapKey(createKeyRing([newKey]), wrapped, keyPlace)).toThrow(SealBroken)
  })

  it("refuses another workspace's wrapped key, another version's, and a relabelled one", () => {
    const [a, b] = [randomBytes(32), randomBytes(32)]
    const ring = createKeyRing([a, b])
    const wrapped = wrapKey(ring, createDataKey(), keyPlace)
    expect(() => unwrapKey(ring, wrapped, { ...keyPlace, workspace: 'other' })).toThrow(SealBroken)
    expect(() => unwrapKey(ring, wrapped, { ...keyPlace, keyVersion: 2 })).toThrow(SealBroken)
    const relabelled = wrapped.replace(/^[^.]*/, createKeyRing([b]).currentId)
    expect(() => unwrapKey(ring, relabelled, keyPlace)).toThrow(SealBroken)
    expect(() => unwrapKey(ring, 'no-dot', keyPlace)).toThrow(SealBroken)
  })

  it('derives a stable secret per use, and shows no key when printed', () => {
    const master = randomBytes(32)
    const ring = createKeyRing([master])
    expect(deriveSecret(ring, 'sessions')).toEqual(
      deriveSecret(createKeyRing([master]), 'sessions'),
    )
    expect(deriveSecret(ring, 'sessions').equals(deriveSecret(ring, 'links'))).toBe(false)
    const printed = inspect(ring, { depth: 9 }) + JSON.stringify(ring)
    expect(printed).not.toContain(master.toString('base64').slice(0, 10))
    expect(printed).not.toContain(master.toString('hex').slice(0, 10))
  })
})

describe('tokens', () => {
  it('makes tokens of 256 bits that differ and hash to one text', () => {
    const tokens = new Set(Array.from({ length: 1000 }, () => randomToken('avk_')))
    expect(tokens.size).toBe(1000)
    for (const token of tokens) expect(token).toMatch(/^avk_[A-Za-z0-9_-]{43}$/)
    expect(hashToken('avk_x')).toBe(hashToken('avk_x'))
    expect(hashToken('avk_x')).not.toBe(hashToken('avk_y'))
    expect(hashToken('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
  })

  it('compares secrets of any length', () => {
    expect(sameSecret('abc', 'abc')).toBe(true)
    expect(sameSecret('abc', Buffer.from('abc'))).toBe(true)
    expect(sameSecret('abc', 'abd')).toBe(false)
    expect(sameSecret('abc', 'abcd')).toBe(false)
    expect(sameSecret('', '')).toBe(true)
  })
})
