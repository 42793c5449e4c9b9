import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  real,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, madeAt, tenant, tenantKey } from '../../platform/tables.ts'

/** A file in the library. What it says about itself was read from its bytes. */
export const assets = pgTable(
  'assets',
  {
    ...tenant(),
    name: text().notNull(),
    state: text().notNull(),
    refusal: text(),
    progress: real(),
    kind: text(),
    format: text(),
    bytes: bigint({ mode: 'number' }).notNull(),
    width: integer(),
    height: integer(),
    durationMs: integer(),
    frameRate: real(),
    videoCodec: text(),
    audioCodec: text(),
    hasAlpha: boolean(),
    sha256: text(),
    /** Key of the original in the storage. It is never served: its metadata may tell a place. */
    originalKey: text().notNull(),
    altText: text().notNull().default(''),
    createdBy: uuid(),
    createdAt: madeAt(),
  },
  (table) => [
    tenantKey(table),
    index('assets_newest').on(table.workspaceId, table.id.desc()),
    index('assets_kind').on(table.workspaceId, table.kind, table.id.desc()),
  ],
)

/** A file made from an asset: upright, without metadata, fit for one use. */
export const renditions = pgTable(
  'renditions',
  {
    ...tenant(),
    assetId: uuid().notNull(),
    /** What it is for, such as `thumbnail`, `preview`, or the hash of a render job. */
    purpose: text().notNull(),
    storageKey: text().notNull(),
    contentType: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    width: integer(),
    height: integer(),
    durationMs: integer(),
    sha256: text().notNull(),
    createdAt: madeAt(),
  },
  (table) => [
    tenantKey(table),
    unique('renditions_purpose').on(table.workspaceId, table.assetId, table.purpose),
    foreignKey({
      columns: [table.workspaceId, table.assetId],
      foreignColumns: [assets.workspaceId, assets.id],
    }).onDelete('cascade'),
  ],
)

/** A resumable upload that has not ended. The bytes so far lie in the upload folder. */
export const uploads = pgTable(
  'uploads',
  {
    ...tenant(),
    name: text().notNull(),
    declaredType: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    assetId: uuid(),
    createdBy: uuid(),
    createdAt: madeAt(),
    expiresAt: instant().notNull().default(sql`app.now() + interval '3 days'`),
  },
  (table) => [tenantKey(table), index('uploads_age').on(table.workspaceId, table.expiresAt)],
)
