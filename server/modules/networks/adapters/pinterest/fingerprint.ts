import { createHash } from 'node:crypto'
import type { Outgoing } from '../../adapter.ts'
import { sameLink, sameText } from './pin-text.ts'

/**
 * Equal for two posts that a look at the board might not tell apart: same place, title, description,
 * link, and kind and number of media. Alternative texts are left out, because a look does not rely
 * on them alone. A hash, so that it tells nothing of the post.
 */
export function fingerprint({ destination, title, body, link, media }: Outgoing): string {
  const parts = [
    destination?.id ?? null,
    sameText(title),
    sameText(body),
    sameLink(link),
    media[0]?.kind ?? null,
    media.length,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
