import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { type Adapter, NetworkError, type Session } from './adapter.ts'
import { askFor } from './ask-for.ts'
import {
  exchange,
  exchangedRow,
  leaseMs,
  notRenewed,
  signInNeeded,
  usableRow,
} from './exchange-tokens.ts'
import { openTokens } from './keep-grant.ts'
import { needSignIn } from './need-sign-in.ts'
import { adapterOf } from './registry.ts'
import { isRefreshDue } from './rules.ts'
import { type ConnectionRow, claimRefresh, markUsed } from './store.ts'

/** A session with the network, and which pair of tokens it carries. */
export type OpenSession = { session: Session; tokenVersion: number; adapter: Adapter }

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
  const fresh = await exchangedRow(scope, row)
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
    const cure = await refusedToken(scope, connectionId, tokenVersion)
    if (cure === 'needs_sign_in') throw error
    if (cure === 'try_later') throw notRenewed(adapter, error)
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
    if (row.tokenVersion === version) await exchangedRow(scope, row, { refused: true })
    return 'refreshed'
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    return error.kind === 'reauthorise' ? 'needs_sign_in' : 'try_later'
  }
}

/**
 * Exchanges the tokens of a connection that nobody used for long, unless somebody does just now.
 * @throws NetworkError
 */
export async function renewTokens(scope: Scope, row: ConnectionRow): Promise<void> {
  const claimed = await scope.tx((tx) => claimRefresh(tx, row, leaseMs))
  if (claimed) await exchange(scope, row, adapterOf(row.network))
}
