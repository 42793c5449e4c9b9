import { setTimeout as wait } from 'node:timers/promises'
import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { demandConnection } from './access.ts'
import { type Adapter, type Grant, NetworkError } from './adapter.ts'
import { askFor } from './ask-for.ts'
import { openTokens, sealGrant } from './keep-grant.ts'
import { needSignIn } from './need-sign-in.ts'
import { adapterOf, oauthApp } from './registry.ts'
import { isStillGood } from './rules.ts'
import {
  type ConnectionRow,
  changeConnection,
  claimRefresh,
  connectionRow,
  hasVersion,
  isActive,
} from './store.ts'

// Longer than the call that it covers may take (egress: 30 s), and keeping what it brought.
export const leaseMs = 45_000
const lookEveryMs = 100
const mostTries = 10
const betweenTriesMs = 1_000

/** One that can be used at all. @throws NetworkError reauthorise; AppError not_found */
export async function usableRow(
  tx: Tx,
  scope: Scope,
  connectionId: string,
): Promise<ConnectionRow> {
  const row = await demandConnection(tx, scope, connectionId)
  // Throws when the operator took the network out of the configuration.
  oauthApp(scope.config, row.network)
  if (row.status !== 'active') throw signInNeeded(adapterOf(row.network))
  return row
}

/**
 * The row with the next pair of tokens. Whoever claims the exchange makes the call, with no
 * transaction open; all others wait for what comes of it, in every process.
 */
export async function exchangedRow(
  scope: Scope,
  row: ConnectionRow,
  { refused = false } = {},
): Promise<ConnectionRow> {
  const adapter = adapterOf(row.network)
  const isGoodEnough = !refused && isStillGood(row, scope.clock.now())
  if (row.refreshToken === null) {
    if (isGoodEnough) return row
    return lost(scope, row, adapter)
  }
  if (await scope.tx((tx) => claimRefresh(tx, row, leaseMs))) {
    try {
      return await exchange(scope, row, adapter)
    } catch (error) {
      // The network is out of order, not our sign-in. What we hold still works for a while.
      const isPassing = error instanceof NetworkError && error.kind !== 'reauthorise'
      if (isPassing && isGoodEnough) return row
      throw error
    }
  }
  return isGoodEnough ? row : othersExchange(scope, row, adapter)
}

/** Makes the exchange that this process has claimed. The new pair is kept before it is used. */
export async function exchange(
  scope: Scope,
  row: ConnectionRow,
  adapter: Adapter,
): Promise<ConnectionRow> {
  const { workspaceId } = scope
  let grant: Grant
  const now = scope.clock.now()
  try {
    const { refreshToken } = await scope.tx((tx) => openTokens(tx, scope, row))
    const app = oauthApp(scope.config, row.network)
    grant = await adapter.refresh(askFor(scope, adapter), app, refreshToken ?? '', now)
  } catch (error) {
    if (error instanceof NetworkError && error.kind === 'reauthorise') {
      return lost(scope, row, adapter)
    }
    const release = { refreshingUntil: null }
    await scope.tx((tx) =>
      changeConnection(tx, workspaceId, row.id, release, hasVersion(row.tokenVersion)),
    )
    // A code or client that is refused is our operator's to mend: the person need not sign in again.
    throw error instanceof NetworkError ? passing(error) : error
  }
  const kept = await persistently(() => keep(scope, row, grant, now))
  return kept ?? scope.tx((tx) => usableRow(tx, scope, row.id))
}

function keep(scope: Scope, row: ConnectionRow, grant: Grant, issuedAt: Date) {
  const { workspaceId } = scope
  return scope.tx(async (tx) => {
    const next = { tokenVersion: row.tokenVersion + 1 }
    const ours = hasVersion(row.tokenVersion)
    const still = await changeConnection(tx, workspaceId, row.id, next, ours)
    // Disconnected, or signed in anew, while we asked: this pair is not for use.
    if (still?.status !== 'active') return undefined
    const sealed = await sealGrant(tx, scope, row.id, keepingOld(grant, still), issuedAt)
    return changeConnection(tx, workspaceId, row.id, sealed, isActive)
  })
}

/** The old pair may be dead by now: a database that is away for a moment must not cost the new one. */
async function persistently<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run()
    } catch (error) {
      if (tries === mostTries) throw error
      await wait(betweenTriesMs)
    }
  }
}

/** What a network leaves out of an exchange stays as it was. */
function keepingOld(grant: Grant, row: ConnectionRow): Grant {
  return { ...grant, scopes: grant.scopes.length > 0 ? grant.scopes : row.scopes }
}

/** Waits for the exchange that somebody else has claimed. */
async function othersExchange(
  scope: Scope,
  row: ConnectionRow,
  adapter: Adapter,
): Promise<ConnectionRow> {
  const givesUpAt = performance.now() + leaseMs
  while (performance.now() < givesUpAt) {
    await wait(lookEveryMs)
    const now = await scope.tx((tx) => connectionRow(tx, scope.workspaceId, row.id))
    if (now?.status !== 'active') throw signInNeeded(adapter)
    if (now.tokenVersion !== row.tokenVersion) return now
    // They gave it up. Asking again at once, each of us, would only add to the trouble.
    if (now.refreshingUntil === null) break
  }
  throw notRenewed(adapter)
}

export function notRenewed({ manifest }: Adapter, cause?: unknown): NetworkError {
  return new NetworkError('retryable', {
    words: `${manifest.label} does not renew our sign-in at the moment.`,
    detail: 'the exchange of tokens did not succeed; the connection stays as it is',
    cause,
  })
}

async function lost(scope: Scope, row: ConnectionRow, adapter: Adapter): Promise<never> {
  const error = signInNeeded(adapter)
  await scope.tx((tx) => needSignIn(tx, scope, row.id, error.words, row.tokenVersion))
  throw error
}

export function signInNeeded({ manifest }: Adapter): NetworkError {
  return new NetworkError('reauthorise', {
    words: `${manifest.label} no longer accepts our sign-in. Sign in again; posts wait until then.`,
    detail: 'the connection is not active, or its refresh token was refused',
  })
}

const passing = (error: NetworkError) =>
  error.kind === 'retryable' || error.kind === 'quota'
    ? error
    : new NetworkError('retryable', { words: error.words, detail: error.detail, cause: error })
