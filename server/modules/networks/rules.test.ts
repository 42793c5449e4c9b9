import { describe, expect, it } from 'vitest'
import { pinterest } from './adapters/pinterest/index.ts'
import { canPublish, isRefreshDue, missingScopes, statusOf, statusWords } from './rules.ts'
import type { ConnectionRow } from './store.ts'

const now = new Date('2026-11-22T12:00:00Z')
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const at = (ms: number | null) => (ms === null ? null : new Date(now.getTime() + ms))

const row = (change: Partial<ConnectionRow> = {}): ConnectionRow => ({
  workspaceId: 'w',
  id: 'c',
  network: 'pinterest',
  accountId: '1',
  label: 'Shop',
  status: 'active',
  statusReason: null,
  scopes: pinterest.manifest.scopes.map(({ scope }) => scope),
  accessToken: 'sealed',
  refreshToken: 'sealed',
  tokenVersion: 1,
  tokensIssuedAt: at(-day),
  accessExpiresAt: at(29 * day),
  refreshExpiresAt: at(59 * day),
  refreshingUntil: null,
  pausedUntil: null,
  defaultDestinationId: null,
  defaultDestinationChildId: null,
  connectedBy: 'p',
  connectedAt: now,
  lastUsedAt: null,
  ...change,
})

describe('the status of a connection', () => {
  it.each([
    ['active', row()],
    ['active', row({ accessExpiresAt: at(-day) })],
    ['active', row({ refreshToken: null, accessExpiresAt: null })],
    ['active', row({ refreshToken: null, accessExpiresAt: at(7 * day) })],
    ['expiring', row({ refreshToken: null, accessExpiresAt: at(7 * day - 1) })],
    ['expiring', row({ refreshExpiresAt: at(6 * day) })],
    ['needs_sign_in', row({ refreshExpiresAt: at(0) })],
    ['needs_sign_in', row({ refreshToken: null, accessExpiresAt: at(-1) })],
    ['needs_sign_in', row({ status: 'needs_sign_in' })],
    ['revoked', row({ status: 'revoked', refreshExpiresAt: at(-day) })],
  ] as const)('is %s', (status, one) => {
    expect(statusOf(one, now)).toBe(status)
    const words = statusWords(one, 'Network', now)
    expect(words === '').toBe(status === 'active')
  })

  it('says the day on which it ends', () => {
    const one = row({ refreshExpiresAt: at(3 * day) })
    expect(statusWords(one, 'Network', now)).toContain('2026-11-25')
  })

  it('says why a sign-in is needed', () => {
    const one = row({ status: 'needs_sign_in', statusReason: 'Because.' })
    expect(statusWords(one, 'Network', now)).toBe('Because.')
  })
})

describe('getting a new token', () => {
  const life = (lifeMs: number, leftMs: number) =>
    row({ tokensIssuedAt: at(leftMs - lifeMs), accessExpiresAt: at(leftMs) })
  it.each([
    [30 * day, 4 * day, false],
    [30 * day, 2 * day, true],
    [2 * hour, 13 * minute, false],
    [2 * hour, 11 * minute, true],
    [hour, 10 * minute + 1, false],
    [hour, 9 * minute, true],
    [8 * minute, 5 * minute, false],
    [8 * minute, 3 * minute, true],
    [hour, -day, true],
  ])('with a life of %i ms and %i ms left is due: %s', (lifeMs, leftMs, due) => {
    expect(isRefreshDue(life(lifeMs, leftMs), now)).toBe(due)
  })

  it('is never due for one that does not end', () => {
    expect(isRefreshDue(row({ accessExpiresAt: null }), now)).toBe(false)
  })

  it('is due near the end when it is not known since when it lives', () => {
    expect(isRefreshDue(row({ tokensIssuedAt: null, accessExpiresAt: at(minute / 2) }), now)).toBe(
      true,
    )
  })
})

describe('whether it can publish', () => {
  const facts = { now, isSetUp: true }
  it('needs a sign-in that holds, all needed scopes, and the network', () => {
    expect(canPublish(row(), pinterest, facts)).toEqual({ ok: true, why: null })
    expect(canPublish(row({ refreshExpiresAt: at(day) }), pinterest, facts).ok).toBe(true)
    for (const one of [
      row({ status: 'revoked' }),
      row({ status: 'needs_sign_in' }),
      row({ scopes: ['boards:read'] }),
    ]) {
      expect(canPublish(one, pinterest, facts)).toEqual({ ok: false, why: expect.any(String) })
    }
    expect(canPublish(row(), pinterest, { now, isSetUp: false }).ok).toBe(false)
  })

  it('names the scopes that are missing', () => {
    expect(missingScopes(pinterest, ['boards:read', 'pins:read', 'pins:write'])).toEqual([
      'user_accounts:read',
      'boards:write',
    ])
  })
})
