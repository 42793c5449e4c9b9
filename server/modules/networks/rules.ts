import type { ConnectionStatus } from '../../../contract/networks.ts'
import type { Adapter } from './adapter.ts'
import type { ConnectionRow } from './store.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const warnAheadMs = 7 * dayMs

type Tokens = Pick<
  ConnectionRow,
  'status' | 'refreshToken' | 'tokensIssuedAt' | 'accessExpiresAt' | 'refreshExpiresAt'
>

/** When the authorisation ends for good: nothing but a new sign-in helps after that. Null: never. */
function authorisationEndsAt(row: Tokens): Date | null {
  return row.refreshToken === null ? row.accessExpiresAt : row.refreshExpiresAt
}

export function statusOf(row: Tokens, now: Date): ConnectionStatus {
  if (row.status === 'revoked' || row.status === 'needs_sign_in') return row.status
  const endsAt = authorisationEndsAt(row)
  if (endsAt === null) return 'active'
  if (endsAt <= now) return 'needs_sign_in'
  return endsAt.getTime() - now.getTime() < warnAheadMs ? 'expiring' : 'active'
}

/** Why it has this status, and what to do. Empty when active. */
export function statusWords(
  row: Tokens & Pick<ConnectionRow, 'statusReason'>,
  label: string,
  now: Date,
): string {
  switch (statusOf(row, now)) {
    case 'active':
      return ''
    case 'expiring':
      return `What you allowed ends on ${authorisationEndsAt(row)?.toISOString().slice(0, 10)}. Sign in again before then.`
    case 'revoked':
      return 'Disconnected. Its tokens are destroyed. Connect the account again to publish to it.'
    case 'needs_sign_in':
      return row.statusReason ?? `${label} no longer accepts our sign-in. Sign in again.`
  }
}

/**
 * Whether to get a new pair now: 10 minutes before the end, or with a tenth of the life left,
 * whichever is earlier; but never in the first half of a short life.
 */
export function isRefreshDue(row: Tokens, now: Date): boolean {
  const { tokensIssuedAt, accessExpiresAt } = row
  if (accessExpiresAt === null) return false
  const leftMs = accessExpiresAt.getTime() - now.getTime()
  const lifeMs = accessExpiresAt.getTime() - (tokensIssuedAt ?? now).getTime()
  return leftMs < Math.min(Math.max(10 * minuteMs, lifeMs / 10), Math.max(lifeMs / 2, minuteMs))
}

/** A token may go out with this much of its life left, so that it is not refused on the way. */
export const isStillGood = ({ accessExpiresAt }: Tokens, now: Date): boolean =>
  accessExpiresAt === null || accessExpiresAt.getTime() - now.getTime() > minuteMs

/** Scopes without which nothing can be published, of those that were not granted. */
export function missingScopes(adapter: Adapter, granted: readonly string[]): string[] {
  return adapter.manifest.scopes
    .filter(({ scope, needed }) => needed && !granted.includes(scope))
    .map(({ scope }) => scope)
}

/** Whether it can publish at all, whoever asks. */
export function canPublish(
  row: ConnectionRow,
  adapter: Adapter,
  { now, isSetUp }: { now: Date; isSetUp: boolean },
): { ok: boolean; why: string | null } {
  const { label } = adapter.manifest
  if (!isSetUp) {
    return { ok: false, why: `${label} is no longer set up here. Ask the operator.` }
  }
  const status = statusOf(row, now)
  if (status === 'revoked' || status === 'needs_sign_in') {
    return { ok: false, why: statusWords(row, label, now) }
  }
  if (missingScopes(adapter, row.scopes).length > 0) {
    return { ok: false, why: 'A permission is missing. Sign in again and allow all of them.' }
  }
  return { ok: true, why: null }
}
