import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { openSecret, type SecretPlace, sealSecret } from '../../platform/vault.ts'
import type { Grant } from './adapter.ts'
import type { ConnectionRow } from './store.ts'

const placeOf = (connectionId: string, column: 'access_token' | 'refresh_token'): SecretPlace => ({
  ownerId: connectionId,
  table: 'connections',
  column,
  row: connectionId,
})

/** The columns of a grant, its tokens sealed with the connection's own key. */
export async function sealGrant(
  tx: Tx,
  scope: Scope,
  connectionId: string,
  grant: Grant,
  issuedAt: Date,
) {
  const { accessToken, refreshToken, accessExpiresAt, refreshExpiresAt } = grant
  return {
    accessToken: await sealSecret(tx, scope, placeOf(connectionId, 'access_token'), accessToken),
    refreshToken:
      refreshToken === null
        ? null
        : await sealSecret(tx, scope, placeOf(connectionId, 'refresh_token'), refreshToken),
    tokensIssuedAt: issuedAt,
    accessExpiresAt,
    refreshExpiresAt,
    scopes: grant.scopes,
    status: 'active',
    statusReason: null,
    refreshingUntil: null,
  }
}

/** The tokens in clear; null where there is none. They must not leave this module but on the wire. */
export async function openTokens(tx: Tx, scope: Scope, row: ConnectionRow) {
  const open = async (column: 'access_token' | 'refresh_token', sealed: string | null) =>
    sealed === null ? null : openSecret(tx, scope, placeOf(row.id, column), sealed)
  return {
    accessToken: await open('access_token', row.accessToken),
    refreshToken: await open('refresh_token', row.refreshToken),
  }
}
