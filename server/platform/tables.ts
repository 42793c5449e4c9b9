import { sql } from 'drizzle-orm'
import {
  bigint,
  customType,
  index,
  integer,
  jsonb,
  type PgColumn,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'

/** An instant. All of ours are `timestamptz`, read as Date. */
export const instant = () => timestamp({ withTimezone: true })
/** An instant that is set when the row is made, by the clock that tests can move. */
export const madeAt = () => instant().notNull().default(sql`app.now()`)

/** 64-bit transaction id. Read as text: it goes beyond what a number holds. */
const xid8 = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' })

/**
 * First columns of a table that belongs to workspaces. Its key is `tenantKey`, and
 * `protect-tables.sql` puts row-level security on it. Foreign keys and unique constraints of it
 * carry `workspace_id` too: a test reads the catalogue and fails on any that does not.
 */
export const tenant = () => ({ workspaceId: uuid().notNull(), id: uuid().notNull() })
export const tenantKey = (table: { workspaceId: PgColumn; id: PgColumn }) =>
  primaryKey({ columns: [table.workspaceId, table.id] })

/**
 * What happened, in the order in which transactions became visible.
 *
 * `(transaction, position)` is the sequence of a workspace: a reader takes only rows of
 * transactions below the snapshot's xmin, so that nothing can appear behind its cursor later, and
 * no counter row is locked for it (docs/decisions/004-event-sequence.md).
 */
export const events = pgTable(
  'events',
  {
    ...tenant(),
    transaction: xid8().notNull().default(sql`pg_current_xact_id()`),
    position: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    name: text().notNull(),
    subjectKind: text().notNull(),
    subjectId: uuid().notNull(),
    parentKind: text(),
    parentId: uuid(),
    at: madeAt(),
  },
  (table) => [
    tenantKey(table),
    index('events_sequence').on(table.workspaceId, table.transaction, table.position),
    index('events_age').on(table.workspaceId, table.at),
  ],
)

/** Answers kept for a repeated `Idempotency-Key`, for 24 hours. */
export const idempotentCalls = pgTable(
  'idempotent_calls',
  {
    ...tenant(),
    callerId: uuid().notNull(),
    key: text().notNull(),
    route: text().notNull(),
    requestHash: text().notNull(),
    answer: jsonb(),
    createdAt: madeAt(),
  },
  (table) => [
    tenantKey(table),
    unique('idempotent_calls_key').on(table.workspaceId, table.callerId, table.key),
  ],
)

/** Everything that left this server: who, for what, to which host. Never a body. Global. */
export const egressLedger = pgTable(
  'egress_ledger',
  {
    id: uuid().primaryKey(),
    aboutWorkspaceId: uuid(),
    at: madeAt(),
    processor: text().notNull(),
    purpose: text().notNull(),
    method: text().notNull(),
    host: text().notNull(),
    status: integer(),
    outcome: text().notNull(),
    durationMs: integer(),
  },
  (table) => [index('egress_ledger_age').on(table.at)],
)

/** How much of a limit is used up, by key. Global. Owned by the rate limiter's library. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    key: text().primaryKey(),
    points: integer().notNull().default(0),
    expire: bigint({ mode: 'number' }),
  },
  (table) => [index('rate_limits_expire').on(table.expire)],
)

/**
 * Data keys, wrapped by the master key: one a workspace, and one a connection, so that destroying
 * the row makes what was sealed with it unreadable wherever it was copied.
 */
export const vaultKeys = pgTable(
  'vault_keys',
  {
    ...tenant(),
    /** The workspace or the connection whose secrets it seals. */
    ownerId: uuid().notNull(),
    version: integer().notNull(),
    wrapped: text().notNull(),
    createdAt: madeAt(),
  },
  (table) => [
    tenantKey(table),
    unique('vault_keys_owner').on(table.workspaceId, table.ownerId, table.version),
  ],
)
