import { index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant, madeAt, tenant, tenantKey } from '../../platform/tables.ts'

/**
 * An authorised account on a network. Of the account itself only its id is kept: name and picture
 * are asked from the network each time they are shown.
 */
export const connections = pgTable(
  'connections',
  {
    ...tenant(),
    network: text().notNull(),
    accountId: text().notNull(),
    label: text().notNull(),
    status: text().notNull(),
    statusReason: text(),
    scopes: text().array().notNull(),
    /** Sealed with the connection's own key; null once disconnected. */
    accessToken: text(),
    refreshToken: text(),
    /** Counts the pairs of tokens, so that a late writer cannot put back an older pair. */
    tokenVersion: integer().notNull().default(1),
    /** When this pair was issued: with the end, it tells how much of its life is left. */
    tokensIssuedAt: instant(),
    accessExpiresAt: instant(),
    refreshExpiresAt: instant(),
    /** Somebody exchanges the pair for a new one, until then at most. Real time, as the call is. */
    refreshingUntil: instant(),
    /** The network asked us to wait until then (quota, Retry-After). */
    pausedUntil: instant(),
    defaultDestinationId: text(),
    defaultDestinationChildId: text(),
    connectedBy: uuid().notNull(),
    connectedAt: madeAt(),
    lastUsedAt: instant(),
  },
  (table) => [
    tenantKey(table),
    unique('connections_account').on(table.workspaceId, table.network, table.accountId),
  ],
)

/** A consent under way: single use, ten minutes, bound to the session that began it. */
export const consents = pgTable(
  'consents',
  {
    ...tenant(),
    network: text().notNull(),
    stateHash: text().notNull(),
    sessionId: uuid().notNull(),
    userId: uuid().notNull(),
    /** The connection that signs in again, or null for a new one. */
    connectionId: uuid(),
    returnTo: text().notNull(),
    createdAt: madeAt(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    tenantKey(table),
    unique('consents_state').on(table.workspaceId, table.stateHash),
    index('consents_age').on(table.workspaceId, table.expiresAt),
  ],
)
