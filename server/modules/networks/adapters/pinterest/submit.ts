import { z } from 'zod'
import {
  type Handle,
  NetworkError,
  type Outgoing,
  type OutgoingFile,
  type OutgoingMedia,
  type Session,
  type Submitted,
} from '../../adapter.ts'
import { asPerson, call, pathId } from './call.ts'
import { externalUrl } from './pin-address.ts'
import { pinAltText } from './pin-text.ts'

/** Longest that POST /pins is waited for, ms: up to five pictures of 20 MB travel in it. */
export const submitTimeoutMs = 60_000

const Pin = z.object({ id: z.string().regex(/^\d+$/) })

/** POST /pins: the one call that cannot be taken back. Accepts 201 and, as described, 200. */
export async function submit(
  session: Session,
  outgoing: Outgoing,
  handle: Handle,
): Promise<Submitted> {
  const body = JSON.stringify(await pinOf(outgoing, handle))
  const { answer, detail } = await call(asPerson(session), {
    method: 'POST',
    path: '/pins',
    operation: 'POST /pins',
    body,
    answer: Pin,
    effect: 'irreversible',
    timeoutMs: submitTimeoutMs,
  })
  return {
    kind: 'published',
    externalId: answer.id,
    externalUrl: externalUrl(answer.id),
    words: 'Pinterest made the Pin.',
    detail,
  }
}

async function pinOf(outgoing: Outgoing, handle: Handle) {
  const { destination, title, body, link, media } = outgoing
  if (!destination) throw refused('Choose a board for it.', 'no board')
  const altText = pinAltText(outgoing)
  return {
    board_id: pathId(destination.id, 'board'),
    ...(destination.childId ? { board_section_id: pathId(destination.childId, 'section') } : {}),
    ...(title ? { title } : {}),
    ...(body ? { description: body } : {}),
    ...(link ? { link } : {}),
    ...(altText ? { alt_text: altText } : {}),
    media_source: await mediaSource(media, handle),
  }
}

async function mediaSource(media: OutgoingMedia[], handle: Handle) {
  const [first] = media
  if (!first) throw refused('A Pin needs an image or a video.', 'no media')
  if (first.kind === 'video') return videoSource(first, handle)
  if (media.length === 1) return { source_type: 'image_base64', ...(await inBase64(first.file)) }
  const items: { content_type: string; data: string }[] = []
  for (const one of media) {
    if (one.kind === 'video')
      throw refused('A Pin holds images or one video, not both.', 'mixed media')
    items.push(await inBase64(one.file))
  }
  return { source_type: 'multiple_image_base64', items, index: 0 }
}

async function videoSource({ cover }: Extract<OutgoingMedia, { kind: 'video' }>, handle: Handle) {
  const { mediaId } = handle
  if (typeof mediaId !== 'string') throw refused('The video was not uploaded.', 'no media id')
  const source = { source_type: 'video_id', media_id: mediaId }
  // A second in, because many videos begin in the dark.
  if (!cover) return { ...source, cover_image_key_frame_time: 1 }
  const { content_type, data } = await inBase64(cover)
  return { ...source, cover_image_content_type: content_type, cover_image_data: data }
}

async function inBase64(file: OutgoingFile): Promise<{ content_type: string; data: string }> {
  const { contentType } = file
  if (contentType !== 'image/jpeg' && contentType !== 'image/png') {
    throw refused('Pinterest takes images as JPEG or PNG only.', `image of type ${contentType}`)
  }
  return { content_type: contentType, data: (await file.read()).toString('base64') }
}

/** Found before anything was sent. */
const refused = (words: string, detail: string) =>
  new NetworkError('rejected', { words, detail: `POST /pins not sent: ${detail}` })
