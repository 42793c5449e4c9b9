import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { assetHashes, outgoingCover, outgoingFile } from '../media/index.ts'
import type { Outgoing, OutgoingMedia } from '../networks/index.ts'
import { findPost } from './store-posts.ts'
import { mediaOfPosts } from './store-targets.ts'
import type { MediaRow, TargetRow } from './types.ts'

/** The media of a post with the hashes of their bytes, as `contentHash` takes them. */
export async function contentOf(tx: Tx, scope: Scope, media: MediaRow[]) {
  const ids = media.flatMap((item) => [item.assetId, item.coverAssetId ?? []].flat())
  const hashes = await assetHashes(tx, scope, ids)
  return media.map((item) => ({
    ...item,
    sha256: hashes.get(item.assetId) ?? '',
    coverSha256: item.coverAssetId ? (hashes.get(item.coverAssetId) ?? '') : null,
  }))
}

/** What goes out to a target, with files that are upright and without metadata. */
export async function loadOutgoing(scope: Scope, target: TargetRow): Promise<Outgoing> {
  const { post, media } = await scope.tx(async (tx) => {
    const found = await findPost(tx, scope.workspaceId, target.postId)
    if (!found) throw new Error('A target without its post')
    return { post: found, media: await mediaOfPosts(tx, scope.workspaceId, [found.id]) }
  })
  const { destinationId, destinationChildId } = target
  return {
    title: post.title,
    body: post.body,
    link: post.link,
    media: await Promise.all(media.map((item) => loadMedia(scope, item))),
    destination: destinationId ? { id: destinationId, childId: destinationChildId } : null,
  }
}

async function loadMedia(scope: Scope, item: MediaRow): Promise<OutgoingMedia> {
  const { altText } = item
  const file = await outgoingFile(scope, item.assetId)
  if (file.kind === 'image') return { kind: 'image', file, altText }
  const cover = item.coverAssetId
    ? await outgoingFile(scope, item.coverAssetId)
    : await outgoingCover(scope, item.assetId, item.coverAtMs ?? 0)
  return { kind: 'video', file, altText, durationMs: file.durationMs, cover }
}
