import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, madeAt, tenant, tenantKey } from '../../platform/tables.ts'

/** People. Global: one person may belong to several workspaces. Shaped as the sign-in library asks. */
export const users = pgTable('users', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  image: text(),
  createdAt: madeAt(),
  updatedAt: madeAt(),
})

/** Sign-ins. Global. `token` holds a hash, never what the cookie carries. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    token: text().notNull().unique(),
    expiresAt: instant().notNull(),
    ipAddress: text(),
    userAgent: text(),
    createdAt: madeAt(),
    updatedAt: madeAt(),
  },
  (table) => [index('sessions_user').on(table.userId)],
)

/** Ways to sign in: a password, or an account at Google. Global. */
export const signInMethods = pgTable(
  'sign_in_methods',
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    providerId: text().notNull(),
    accountId: text().notNull(),
    /** argon2id with its parameters. */
    password: text(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: instant(),
    refreshTokenExpiresAt: instant(),
    scope: text(),
    createdAt: madeAt(),
    updatedAt: madeAt(),
  },
  (table) => [
    unique('sign_in_methods_account').on(table.providerId, table.accountId),
    index('sign_in_methods_user').on(table.userId),
  ],
)

/** Proofs under way: e-mail confirmation, password reset, sign-in at Google. Global. */
export const verifications = pgTable(
  'verifications',
  {
    id: uuid().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: instant().notNull(),
    createdAt: madeAt(),
    updatedAt: madeAt(),
  },
  (table) => [index('verifications_identifier').on(table.identifier)],
)

/** What happened to a person's account. Global: it follows the person. */
export const securityEvents = pgTable(
  'security_events',
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text().notNull(),
    ip: text(),
    userAgent: text(),
    at: madeAt(),
  },
  (table) => [index('security_events_user').on(table.userId, table.id)],
)

/** The tenants. Its own id is what `workspace_id` names everywhere. */
export const workspaces = pgTable('workspaces', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  timeZone: text().notNull(),
  weekStart: integer().notNull(),
  defaultConnectionId: uuid(),
  sample: boolean().notNull().default(false),
  createdAt: madeAt(),
})

/** Who belongs to which workspace. Global: it is read before the workspace is known. */
export const memberships = pgTable(
  'memberships',
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    id: uuid().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().notNull(),
    joinedAt: madeAt(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('memberships_person').on(table.workspaceId, table.userId),
    index('memberships_user').on(table.userId),
  ],
)

/** Random tokens that find their workspace: invitations, API keys. Hashed. Global. */
export const publicTokens = pgTable(
  'public_tokens',
  {
    tokenHash: text().primaryKey(),
    kind: text().notNull(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    subjectId: uuid().notNull(),
    expiresAt: instant(),
    createdAt: madeAt(),
  },
  (table) => [index('public_tokens_subject').on(table.workspaceId, table.subjectId)],
)

export const invitations = pgTable(
  'invitations',
  {
    ...tenant(),
    email: text().notNull(),
    role: text().notNull(),
    invitedBy: uuid().notNull(),
    createdAt: madeAt(),
    expiresAt: instant().notNull(),
  },
  (table) => [tenantKey(table), unique('invitations_email').on(table.workspaceId, table.email)],
)

export const apiKeys = pgTable(
  'api_keys',
  {
    ...tenant(),
    name: text().notNull(),
    start: text().notNull(),
    permissions: text().array().notNull(),
    createdBy: uuid().notNull(),
    createdAt: madeAt(),
    expiresAt: instant(),
    lastUsedAt: instant(),
  },
  (table) => [tenantKey(table)],
)
