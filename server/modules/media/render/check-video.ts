import { Decoder } from 'node-av/api'
import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants'
import { MediaRefused } from '../media-refused.ts'
import type { RenderJob } from './job.ts'
import { openVideo } from './open-video.ts'

type CheckVideo = Extract<RenderJob, { type: 'check-video' }>

/** How much of the end is decoded; key frames rarely lie farther apart. */
const tailSeconds = 4

/**
 * Decodes the first picture and the last seconds: a file that breaks off has no end where its index
 * says, and one whose bytes are not what it says has no first picture.
 */
export async function checkVideo(job: CheckVideo): Promise<Record<never, never>> {
  const seconds = job.durationMs / 1000
  try {
    const first = await decodeFrom(job, 0, 1)
    if (first.frames === 0) throw new MediaRefused('corrupt_video', 'no first picture')
    if (seconds > tailSeconds) {
      const last = await decodeFrom(job, seconds - tailSeconds, Number.POSITIVE_INFINITY)
      // Sound may outlast the pictures: either reaching the end will do.
      if (last.frames === 0 || last.endSeconds < seconds - Math.max(1.5, seconds * 0.02)) {
        throw new MediaRefused('corrupt_video', { seconds, ...last })
      }
    }
    return {}
  } catch (fault) {
    throw fault instanceof MediaRefused ? fault : new MediaRefused('corrupt_video', fault)
  }
}

/** Reads on from `seconds` until `maxFrames` pictures are decoded or the file ends. */
async function decodeFrom(
  { input: path, format }: CheckVideo,
  seconds: number,
  maxFrames: number,
): Promise<{ frames: number; endSeconds: number }> {
  const { input, video, audio } = await openVideo(path, format)
  await using _closed = input
  if (seconds > 0)
    await input.seek(Math.max(0, input.startTime) + seconds, -1, AVSEEK_FLAG_BACKWARD)
  using decoder = await Decoder.create(video)
  let frames = 0
  let endSeconds = 0
  for await (using packet of input.packets()) {
    const stream = [video, audio].find((one) => one?.index === packet?.streamIndex)
    if (packet && stream) {
      const { num, den } = stream.timeBase
      const end = (Number(packet.pts + packet.duration) * num) / den
      if (end > endSeconds) endSeconds = end
    }
    if (packet && stream !== video) continue
    for (const frame of await decoder.decodeAll(packet)) {
      frames += 1
      frame.free()
    }
    if (frames >= maxFrames || !packet) break
  }
  return { frames, endSeconds }
}
