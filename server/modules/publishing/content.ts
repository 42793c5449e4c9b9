import { createHash } from 'node:crypto'
import type { MediaRow, PostRow, TargetRow } from './types.ts'

/**
 * Hash of exactly what goes out to one target: text, files by their bytes, place. An approval names
 * it; whatever changes it takes the approval back. Time is not part of it.
 */
export function contentHash(
  post: Pick<PostRow, 'title' | 'body' | 'link'>,
  media: readonly (Pick<MediaRow, 'altText' | 'coverAtMs'> & {
    sha256: string
    coverSha256: string | null
  })[],
  target: Pick<TargetRow, 'connectionId' | 'destinationId' | 'destinationChildId'>,
): string {
  const content = [
    'avow content 1',
    post.title,
    post.body,
    post.link,
    media.map((item) => [item.sha256, item.altText, item.coverSha256, item.coverAtMs]),
    target.connectionId,
    target.destinationId,
    target.destinationChildId,
  ]
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url')
}
