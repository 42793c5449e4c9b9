import type { Caller } from '../../platform/context.ts'
import { openCursor, sealCursor } from '../../platform/cursor.ts'
import { presentAssets } from '../media/index.ts'
import { stateOf } from './rules.ts'
import { listPosts as readPosts } from './store-posts.ts'
import { mediaOfPosts, targetsOfPosts } from './store-targets.ts'

type Input = {
  cursor?: string | undefined
  limit: number
  search?: string | undefined
  state?: string | undefined
  connectionId?: string | undefined
}

/** A page of posts, last changed first. Four statements, however many posts. */
export async function listPosts(
  caller: Caller,
  { cursor, limit, search, state, connectionId }: Input,
) {
  const [updatedAt, id] = openCursor(cursor, 2)
  const after = updatedAt && id ? { updatedAt: new Date(updatedAt), id } : undefined
  return caller.tx(async (tx) => {
    const { workspaceId } = caller
    const found = await readPosts(tx, workspaceId, {
      search,
      state,
      connectionId,
      after,
      limit: limit + 1,
    })
    const posts = found.slice(0, limit)
    const ids = posts.map((post) => post.id)
    const targets = await targetsOfPosts(tx, workspaceId, ids)
    const media = await mediaOfPosts(tx, workspaceId, ids)
    const first = media.filter((item) => item.position === 0)
    const assets = await presentAssets(
      tx,
      caller,
      first.map((item) => item.assetId),
    )
    const last = posts.at(-1)
    return {
      items: posts.map((post) => ({
        postId: post.id,
        title: post.title,
        excerpt: post.body.slice(0, 140),
        thumbnailUrl:
          assets.get(first.find((item) => item.postId === post.id)?.assetId ?? '')?.thumbnailUrl ??
          null,
        mediaCount: media.filter((item) => item.postId === post.id).length,
        updatedAt: post.updatedAt.toISOString(),
        targets: targets
          .filter((target) => target.postId === post.id)
          .map((target) => ({
            id: target.id,
            connectionId: target.connectionId,
            network: target.network,
            state: stateOf(target),
            dueAt: target.dueAt?.toISOString() ?? null,
          })),
      })),
      nextCursor:
        found.length > limit && last ? sealCursor(last.updatedAt.toISOString(), last.id) : null,
    }
  })
}
