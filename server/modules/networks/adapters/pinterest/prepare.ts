import { z } from 'zod'
import {
  type Handle,
  NetworkError,
  type Outgoing,
  type OutgoingMedia,
  type Prepared,
  type Session,
} from '../../adapter.ts'
import { asPerson, call, pathId } from './call.ts'
import { uploadVideo } from './upload-video.ts'

const Media = z.object({ status: z.enum(['registered', 'processing', 'succeeded', 'failed']) })

// The official samples wait from 1 s, doubled each time, up to 10 s.
const firstWaitMs = 1_000
const longestWaitMs = 10_000
// The longest video is 15 minutes; how long Pinterest takes for it is not published. [unconfirmed]
const longestProcessingMs = 2 * 3_600_000

/** Nothing for images. A video is uploaded, then waited for until Pinterest has processed it. */
export async function prepare(
  session: Session,
  outgoing: Outgoing,
  handle: Handle | null,
): Promise<Prepared> {
  const video = outgoing.media.find((one) => one.kind === 'video')
  if (!video) return { kind: 'ready', handle: {}, words: 'Nothing has to be uploaded first.' }
  const mediaId = handle?.mediaId
  if (typeof mediaId !== 'string') return upload(session, video)
  const status = await statusOf(session, mediaId)
  if (status === 'succeeded') {
    return { kind: 'ready', handle: { mediaId }, words: 'Pinterest has processed the video.' }
  }
  if (status === 'failed') {
    throw new NetworkError('rejected', {
      words:
        'Pinterest could not process the video. Export it again as MP4 with H.264, and replace it.',
      detail: `GET /media/{media_id} -> status failed, media ${mediaId}`,
    })
  }
  // It was registered, but its bytes never arrived; or Pinterest has forgotten it.
  if (status === 'registered' || status === 'gone') return upload(session, video)
  return keepWaiting(session, mediaId, handle ?? {})
}

async function upload(
  session: Session,
  video: Extract<OutgoingMedia, { kind: 'video' }>,
): Promise<Prepared> {
  const mediaId = await uploadVideo(session, video.file)
  return {
    kind: 'wait',
    handle: { mediaId, looks: 0, since: session.now.getTime() },
    ms: firstWaitMs,
    words: 'The video is with Pinterest, which processes it.',
  }
}

function keepWaiting(session: Session, mediaId: string, handle: Handle): Prepared {
  const looks = Number(handle.looks ?? 0) + 1
  const since = Number(handle.since ?? session.now.getTime())
  if (session.now.getTime() - since > longestProcessingMs) {
    throw new NetworkError('rejected', {
      words:
        'Pinterest has not finished processing the video after two hours. Try a shorter or smaller one.',
      detail: `GET /media/{media_id} -> status processing, media ${mediaId}, look ${looks}`,
    })
  }
  const ms = Math.min(firstWaitMs * 2 ** looks, longestWaitMs)
  const words = 'Pinterest is still processing the video.'
  return { kind: 'wait', handle: { mediaId, looks, since }, ms, words }
}

async function statusOf(session: Session, mediaId: string) {
  try {
    const { answer } = await call(asPerson(session), {
      method: 'GET',
      path: `/media/${pathId(mediaId, 'video')}`,
      operation: 'GET /media/{media_id}',
      answer: Media,
      effect: 'none',
    })
    return answer.status
  } catch (error) {
    if (
      error instanceof NetworkError &&
      error.kind === 'rejected' &&
      / -> 404\b/.test(error.detail)
    )
      return 'gone'
    throw error
  }
}
