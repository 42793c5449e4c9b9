import { sql } from 'drizzle-orm'
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, madeAt, tenant, tenantKey } from '../../platform/tables.ts'
import { assets } from '../media/tables.ts'
import { connections } from '../networks/tables.ts'

/** What an adapter keeps between steps: ids of the network, small and without secrets. */
export type Handle = Record<string, string | number | null>

/** What a person wrote. */
export const posts = pgTable(
  'posts',
  {
    ...tenant(),
    title: text().notNull(),
    body: text().notNull(),
    link: text().notNull(),
    /** Counts the edits; an edit names the version that it was made on. */
    version: integer().notNull().default(1),
    createdBy: uuid().notNull(),
    createdAt: madeAt(),
    updatedAt: madeAt(),
  },
  (table) => [
    tenantKey(table),
    index('posts_recent').on(table.workspaceId, table.updatedAt.desc(), table.id.desc()),
  ],
)

export const postMedia = pgTable(
  'post_media',
  {
    ...tenant(),
    postId: uuid().notNull(),
    position: integer().notNull(),
    assetId: uuid().notNull(),
    altText: text().notNull(),
    coverAssetId: uuid(),
    coverAtMs: integer(),
  },
  (table) => [
    tenantKey(table),
    unique('post_media_position').on(table.workspaceId, table.postId, table.position),
    index('post_media_asset').on(table.workspaceId, table.assetId),
    index('post_media_cover').on(table.workspaceId, table.coverAssetId),
    foreignKey({
      columns: [table.workspaceId, table.assetId],
      foreignColumns: [assets.workspaceId, assets.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.coverAssetId],
      foreignColumns: [assets.workspaceId, assets.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.postId],
      foreignColumns: [posts.workspaceId, posts.id],
    }).onDelete('cascade'),
  ],
)

/** A post on one connection: the thing that is scheduled and goes out once. */
export const targets = pgTable(
  'targets',
  {
    ...tenant(),
    postId: uuid().notNull(),
    position: integer().notNull(),
    connectionId: uuid().notNull(),
    network: text().notNull(),
    destinationId: text(),
    destinationChildId: text(),
    state: text().notNull(),
    dueAt: instant(),
    /** The queue slot it holds, if it was put in the queue. */
    slotAt: instant(),
    approvalId: uuid(),
    /** Who works on it now, until when. Each claim takes the next fence; an older one writes nothing. */
    fence: integer().notNull().default(0),
    leaseUntil: instant(),
    /** What the network gave us to find the work again, and what we are about to do. */
    handle: jsonb().$type<Handle>(),
    /** When the irreversible call was about to be made, and till when it could still arrive. */
    armedAt: instant(),
    callEndsAt: instant(),
    /** What the outgoing post looks like, to tell it from others at the same place. */
    fingerprint: text(),
    /** Looks that found nothing while the outcome is unknown. */
    looks: integer().notNull().default(0),
    /** Times it was submitted again after a look proved that it was not there. */
    resubmits: integer().notNull().default(0),
    /** Tries that failed before any effect. */
    failures: integer().notNull().default(0),
    nextTryAt: instant(),
    reason: text(),
    externalId: text(),
    externalUrl: text(),
    publishedAt: instant(),
    updatedAt: madeAt(),
  },
  (table) => [
    tenantKey(table),
    index('targets_due').on(table.workspaceId, table.dueAt, table.id),
    index('targets_post').on(table.workspaceId, table.postId, table.position),
    index('targets_connection').on(table.workspaceId, table.connectionId, table.dueAt),
    index('targets_state').on(table.workspaceId, table.state, table.dueAt),
    uniqueIndex('targets_slot')
      .on(table.workspaceId, table.connectionId, table.slotAt)
      .where(sql`slot_at is not null and state not in ('cancelled', 'failed')`),
    // Two posts that look the same cannot be told apart by a look: one of them waits.
    uniqueIndex('targets_unsettled')
      .on(table.workspaceId, table.connectionId, table.fingerprint)
      .where(sql`state in ('armed', 'submitted', 'confirming')`),
    uniqueIndex('targets_external')
      .on(table.workspaceId, table.connectionId, table.externalId)
      .where(sql`external_id is not null`),
    foreignKey({
      columns: [table.workspaceId, table.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.postId],
      foreignColumns: [posts.workspaceId, posts.id],
    }).onDelete('cascade'),
  ],
)

/** Who let which content go to which target. A target is sent only with one that matches. */
export const approvals = pgTable(
  'approvals',
  {
    ...tenant(),
    targetId: uuid().notNull(),
    contentHash: text().notNull(),
    approvedBy: uuid().notNull(),
    approvedAt: madeAt(),
    withdrawnAt: instant(),
  },
  (table) => [
    tenantKey(table),
    index('approvals_target').on(table.workspaceId, table.targetId),
    foreignKey({
      columns: [table.workspaceId, table.targetId],
      foreignColumns: [targets.workspaceId, targets.id],
    }).onDelete('cascade'),
  ],
)

/** Every try, append-only: what was asked, what was said. */
export const attempts = pgTable(
  'attempts',
  {
    ...tenant(),
    targetId: uuid().notNull(),
    number: integer().notNull(),
    phase: text().notNull(),
    outcome: text().notNull(),
    words: text().notNull(),
    detail: text(),
    durationMs: integer(),
    at: madeAt(),
  },
  (table) => [
    tenantKey(table),
    index('attempts_target').on(table.workspaceId, table.targetId, table.id),
    foreignKey({
      columns: [table.workspaceId, table.targetId],
      foreignColumns: [targets.workspaceId, targets.id],
    }).onDelete('cascade'),
  ],
)

/** Weekly times at which a connection's queue goes out, wall-clock in the workspace's zone. */
export const slots = pgTable(
  'slots',
  {
    ...tenant(),
    connectionId: uuid().notNull(),
    weekday: integer().notNull(),
    time: text().notNull(),
  },
  (table) => [
    tenantKey(table),
    unique('slots_time').on(table.workspaceId, table.connectionId, table.weekday, table.time),
    foreignKey({
      columns: [table.workspaceId, table.connectionId],
      foreignColumns: [connections.workspaceId, connections.id],
    }).onDelete('cascade'),
  ],
)
