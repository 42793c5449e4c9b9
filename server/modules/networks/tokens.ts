import { setTimeout as wait } from 'node:timers/promises'
import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { demandConnection } from './access.ts'
import { type Adapter, type Grant, NetworkError, type Session } from './adapter.ts'
import { askFor } from './ask-for.ts'
import { openTokens, sealGrant } from './keep-grant.ts'
import { needSignIn } from './need-sign-in.ts'
import { adapterOf, oauthApp } from './registry.ts'
import { isRefreshDue, isStillGood } from './rules.ts'
import {
  type ConnectionRow,
  changeConnection,
  claimRefresh,
  connectionRow,
  hasVersion,
  isActive,
  markUsed,
} from './store.ts'

/** A session with the network, and which pair of tokens it carries. */
export type OpenSession = { session: Session; tokenVersion: number; adapter: Adapter }

// Longer than the call that it covers may take (egress: 30 s).
const leaseMs = 40_000
const lookEveryMs = 100

/**
 * A session for a connection, with a token that is good for a while: one that ends soon is exchanged
 * first. @throws NetworkError `reauthorise` or `retryable`; AppError not_found.
 */
export async function sessionFor(scope: Scope, connectionId: string): Promise<OpenSession> {
  const { row, session } = await scope.tx(async (tx) => {
    const row = await usableRow(tx, scope, connectionId)
    await markUsed(tx, scope.workspaceId, connectionId)
    const isDue = isRefreshDue(row, scope.clock.now())
    return { row, session: isDue ? null : await sessionOf(tx, scope, row) }
  })
  if (session) return session
  const fresh = await exchanged(scope, row)
  return scope.tx((tx) => sessionOf(tx, scope, fresh))
}

async function sessionOf(tx: Tx, scope: Scope, row: ConnectionRow): Promise<OpenSession> {
  const adapter = adapterOf(row.network)
  const { accessToken } = await openTokens(tx, scope, row)
  if (accessToken === null) throw signInNeeded(adapter)
  const session = { ask: askFor(scope, adapter), accessToken, now: scope.clock.now() }
  return { session, tokenVersion: row.tokenVersion, adapter }
}

/**
 * Makes a call that only reads. If the network refuses the token, it is exchanged once, and the call
 * made once more. @throws NetworkError
 */
export async function withToken<T>(
  scope: Scope,
  connectionId: string,
  call: (session: Session, adapter: Adapter) => Promise<T>,
): Promise<T> {
  const { session, tokenVersion, adapter } = await sessionFor(scope, connectionId)
  try {
    return await call(session, adapter)
  } catch (error) {
    if (!(error instanceof NetworkError) || error.kind !== 'reauthorise') throw error
    if (!error.tokenRefused) {
      await scope.tx((tx) => needSignIn(tx, scope, connectionId, error.words, tokenVersion))
      throw error
    }
    if ((await refusedToken(scope, connectionId, tokenVersion)) !== 'refreshed') throw error
  }
  const again = await sessionFor(scope, connectionId)
  return call(again.session, again.adapter)
}

/**
 * The network refused the token of this version. Exchanges it, once for all who ask.
 * `try_later`: the network could not be asked; the connection stays as it is.
 */
export async function refusedToken(
  scope: Scope,
  connectionId: string,
  version: number,
): Promise<'refreshed' | 'needs_sign_in' | 'try_later'> {
  try {
    const row = await scope.tx((tx) => usableRow(tx, scope, connectionId))
    if (row.tokenVersion === version) await exchanged(scope, row, { refused: true })
    return 'refreshed'
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    return error.kind === 'reauthorise' ? 'needs_sign_in' : 'try_later'
  }
}

/** Exchanges the tokens of a connection that nobody used for long. @throws NetworkError */
export async function renewTokens(scope: Scope, row: ConnectionRow): Promise<void> {
  await exchanged(scope, row)
}

async function usableRow(tx: Tx, scope: Scope, connectionId: string): Promise<ConnectionRow> {
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
async function exchanged(
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
async function exchange(
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
  const kept = await scope.tx(async (tx) => {
    const still = await changeConnection(
      tx,
      workspaceId,
      row.id,
      { tokenVersion: row.tokenVersion + 1 },
      hasVersion(row.tokenVersion),
    )
    // Disconnected, or signed in anew, while we asked: this pair is not for use.
    if (still?.status !== 'active') return undefined
    const sealed = await sealGrant(tx, scope, row.id, keepingOld(grant, still), now)
    return changeConnection(tx, workspaceId, row.id, sealed, isActive)
  })
  return kept ?? scope.tx((tx) => usableRow(tx, scope, row.id))
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
  throw new NetworkError('retryable', {
    words: `${adapter.manifest.label} does not renew our sign-in at the moment.`,
    detail: 'the exchange of tokens that another call made did not succeed',
  })
}

async function lost(scope: Scope, row: ConnectionRow, adapter: Adapter): Promise<never> {
  const error = signInNeeded(adapter)
  await scope.tx((tx) => needSignIn(tx, scope, row.id, error.words, row.tokenVersion))
  throw error
}

function signInNeeded({ manifest }: Adapter): NetworkError {
  return new NetworkError('reauthorise', {
    words: `${manifest.label} no longer accepts our sign-in. Sign in again; posts wait until then.`,
    detail: 'the connection is not active, or its refresh token was refused',
  })
}

const passing = (error: NetworkError) =>
  error.kind === 'retryable' || error.kind === 'quota'
    ? error
    : new NetworkError('retryable', { words: error.words, detail: error.detail, cause: error })
