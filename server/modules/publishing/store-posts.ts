import {
  and,
  desc,
  eq,
  exists,
  gt,
  ilike,
  inArray,
  isNotNull,
  lt,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { containing } from '../../platform/search-pattern.ts'
import { postMedia, posts, targets } from './tables.ts'
import type { MediaRow, PostRow, TargetRow } from './types.ts'

const one = (workspaceId: string, id: string) =>
  and(eq(posts.workspaceId, workspaceId), eq(posts.id, id))

export async function findPost(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<PostRow | undefined> {
  const [row] = await tx.select().from(posts).where(one(workspaceId, id))
  return row
}

/** The post, locked against other edits until the transaction ends. */
export async function lockPost(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<PostRow | undefined> {
  const [row] = await tx.select().from(posts).where(one(workspaceId, id)).for('update')
  return row
}

type Words = Pick<PostRow, 'title' | 'body' | 'link'>

export async function insertPost(
  tx: Tx,
  post: Words & Pick<PostRow, 'workspaceId' | 'createdBy'>,
): Promise<PostRow> {
  const [row] = await tx
    .insert(posts)
    .values({ id: newId(), ...post })
    .returning()
  if (!row) throw new Error('Inserting a post returned nothing')
  return row
}

/** Writes the words and counts the edit. */
export async function savePost(
  tx: Tx,
  workspaceId: string,
  id: string,
  words: Partial<Words>,
): Promise<PostRow> {
  const [row] = await tx
    .update(posts)
    .set({ ...words, version: sql`${posts.version} + 1`, updatedAt: sql`app.now()` })
    .where(one(workspaceId, id))
    .returning()
  if (!row) throw new Error('A locked post is gone')
  return row
}

export async function deletePostRow(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.delete(posts).where(one(workspaceId, id))
}

type Media = Pick<MediaRow, 'assetId' | 'altText' | 'coverAssetId' | 'coverAtMs'>

export async function replaceMedia(
  tx: Tx,
  workspaceId: string,
  postId: string,
  media: Media[],
): Promise<void> {
  await tx
    .delete(postMedia)
    .where(and(eq(postMedia.workspaceId, workspaceId), eq(postMedia.postId, postId)))
  if (media.length === 0) return
  await tx.insert(postMedia).values(
    media.map(({ assetId, altText, coverAssetId, coverAtMs }, position) => ({
      workspaceId,
      id: newId(),
      postId,
      position,
      assetId,
      altText,
      coverAssetId,
      coverAtMs,
    })),
  )
}

type Place = Pick<TargetRow, 'connectionId' | 'network' | 'destinationId' | 'destinationChildId'>

export async function insertTargets(
  tx: Tx,
  workspaceId: string,
  postId: string,
  places: (Place & { position: number })[],
): Promise<void> {
  if (places.length === 0) return
  await tx
    .insert(targets)
    .values(places.map((place) => ({ workspaceId, id: newId(), postId, state: 'draft', ...place })))
}

export async function deleteTargets(tx: Tx, workspaceId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .delete(targets)
    .where(and(eq(targets.workspaceId, workspaceId), inArray(targets.id, ids)))
}

export type PostFilter = {
  search: string | undefined
  state: string | undefined
  connectionId: string | undefined
  after: { updatedAt: Date; id: string } | undefined
  limit: number
}

/** Posts, last changed first. */
export async function listPosts(
  tx: Tx,
  workspaceId: string,
  filter: PostFilter,
): Promise<PostRow[]> {
  const conditions: (SQL | undefined)[] = [eq(posts.workspaceId, workspaceId)]
  if (filter.search) {
    const pattern = containing(filter.search)
    conditions.push(
      or(ilike(posts.title, pattern), ilike(posts.body, pattern), ilike(posts.link, pattern)),
    )
  }
  if (filter.state || filter.connectionId) {
    conditions.push(
      exists(
        tx
          .select({ one: sql`1` })
          .from(targets)
          .where(
            and(
              eq(targets.workspaceId, workspaceId),
              eq(targets.postId, posts.id),
              filter.state ? eq(targets.state, filter.state) : undefined,
              filter.connectionId ? eq(targets.connectionId, filter.connectionId) : undefined,
            ),
          ),
      ),
    )
  }
  if (filter.after) {
    const { updatedAt, id } = filter.after
    conditions.push(
      or(lt(posts.updatedAt, updatedAt), and(eq(posts.updatedAt, updatedAt), lt(posts.id, id))),
    )
  }
  return tx
    .select()
    .from(posts)
    .where(and(...conditions))
    .orderBy(desc(posts.updatedAt), desc(posts.id))
    .limit(filter.limit)
}

export type CalendarFilter = {
  from: Date
  to: Date
  state: string | undefined
  connectionId: string | undefined
  after: { dueAt: Date; id: string } | undefined
  limit: number
  timeZone: string
}

/** Targets due in a span, in order of time, with what a calendar shows of their posts. */
export async function listCalendar(tx: Tx, workspaceId: string, filter: CalendarFilter) {
  const { after } = filter
  return tx
    .select({
      target: targets,
      title: posts.title,
      excerpt: sql<string>`left(${posts.body}, 140)`,
      firstAssetId: sql<string | null>`(
        select ${postMedia.assetId} from ${postMedia}
        where ${postMedia.workspaceId} = ${workspaceId} and ${postMedia.postId} = ${posts.id} and ${postMedia.position} = 0
      )`,
      dueLocal: sql<string>`to_char(${targets.dueAt} at time zone ${filter.timeZone}::text, 'YYYY-MM-DD"T"HH24:MI')`,
    })
    .from(targets)
    .innerJoin(posts, and(eq(posts.workspaceId, targets.workspaceId), eq(posts.id, targets.postId)))
    .where(
      and(
        eq(targets.workspaceId, workspaceId),
        sql`${targets.dueAt} >= ${filter.from}`,
        lt(targets.dueAt, filter.to),
        filter.state ? eq(targets.state, filter.state) : ne(targets.state, 'cancelled'),
        filter.connectionId ? eq(targets.connectionId, filter.connectionId) : undefined,
        after
          ? or(
              gt(targets.dueAt, after.dueAt),
              and(eq(targets.dueAt, after.dueAt), gt(targets.id, after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(targets.dueAt, targets.id)
    .limit(filter.limit)
}

/**
 * Another target at the same place, with the same link and one of these files, that went out or is to
 * go out within 30 days of now.
 */
export async function findTwin(
  tx: Tx,
  workspaceId: string,
  like: {
    postId: string | undefined
    connectionId: string
    destinationId: string | null
    link: string
    assetIds: string[]
  },
): Promise<{ postId: string; at: Date | null } | undefined> {
  if (like.assetIds.length === 0) return undefined
  const [twin] = await tx
    .select({
      postId: targets.postId,
      at: sql<Date | null>`coalesce(${targets.publishedAt}, ${targets.dueAt})`.mapWith(
        targets.dueAt,
      ),
    })
    .from(targets)
    .innerJoin(posts, and(eq(posts.workspaceId, targets.workspaceId), eq(posts.id, targets.postId)))
    .innerJoin(
      postMedia,
      and(eq(postMedia.workspaceId, targets.workspaceId), eq(postMedia.postId, targets.postId)),
    )
    .where(
      and(
        eq(targets.workspaceId, workspaceId),
        eq(targets.connectionId, like.connectionId),
        sql`${targets.destinationId} is not distinct from ${like.destinationId}`,
        inArray(targets.state, [
          'scheduled',
          'publishing',
          'prepared',
          'armed',
          'submitted',
          'confirming',
          'published',
          'needs_review',
        ]),
        isNotNull(targets.dueAt),
        sql`coalesce(${targets.publishedAt}, ${targets.dueAt}) between app.now() - interval '30 days' and app.now() + interval '30 days'`,
        eq(posts.link, like.link),
        inArray(postMedia.assetId, like.assetIds),
        like.postId ? ne(targets.postId, like.postId) : undefined,
      ),
    )
    .limit(1)
  return twin
}

/** How many posts use each of these files, for the library. */
export async function usesOfAssets(
  tx: Tx,
  workspaceId: string,
  assetIds: string[],
): Promise<Map<string, number>> {
  if (assetIds.length === 0) return new Map()
  const rows = await tx
    .select({ assetId: postMedia.assetId, coverAssetId: postMedia.coverAssetId })
    .from(postMedia)
    .where(
      and(
        eq(postMedia.workspaceId, workspaceId),
        or(inArray(postMedia.assetId, assetIds), inArray(postMedia.coverAssetId, assetIds)),
      ),
    )
  const uses = new Map<string, number>()
  for (const { assetId, coverAssetId } of rows) {
    for (const id of new Set([assetId, coverAssetId])) {
      if (id) uses.set(id, (uses.get(id) ?? 0) + 1)
    }
  }
  return uses
}
