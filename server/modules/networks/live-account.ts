import type { Scope } from '../../platform/context.ts'
import type { Account } from './adapter.ts'
import { withToken } from './tokens.ts'

const keptMs = 60_000
const mostKept = 500

// In memory only, for the page that asks for name and picture in one go; never stored.
const seen = new WeakMap<object, Map<string, { account: Account; until: number }>>()

const keyOf = (scope: Scope, connectionId: string) => `${scope.workspaceId} ${connectionId}`

function seenBy({ database }: Scope) {
  const map = seen.get(database) ?? new Map<string, { account: Account; until: number }>()
  seen.set(database, map)
  return map
}

/** Who the account is, as the network said within the last minute. @throws NetworkError */
export async function liveAccount(scope: Scope, connectionId: string): Promise<Account> {
  const kept = seenBy(scope)
  const key = keyOf(scope, connectionId)
  const known = kept.get(key)
  if (known && known.until > performance.now()) return known.account
  const account = await withToken(scope, connectionId, (session, adapter) =>
    adapter.account(session),
  )
  kept.delete(key)
  kept.set(key, { account, until: performance.now() + keptMs })
  // The map keeps the order of insertion: the first is the oldest.
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break
    kept.delete(oldest)
  }
  return account
}

export function forgetAccount(scope: Scope, connectionId: string): void {
  seenBy(scope).delete(keyOf(scope, connectionId))
}
