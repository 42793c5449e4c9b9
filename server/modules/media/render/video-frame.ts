import { Decoder, FilterAPI, Scaler } from 'node-av/api'
import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants'
import type { Frame } from 'node-av/lib'
import sharp from 'sharp'
import { MediaRefused } from '../media-refused.ts'
import { encodeImage } from './image.ts'
import type { RenderedImage, RenderJob } from './job.ts'
import { type OpenedVideo, openVideo } from './open-video.ts'
import { toneMapFilters } from './video-filters.ts'

/** The picture at `atMs` (or the last one before the end), upright, as JPEG. */
export async function videoFrame(
  job: Extract<RenderJob, { type: 'video-frame' }>,
): Promise<RenderedImage> {
  const opened = await openVideo(job.input, job.format)
  await using input = opened.input
  const seconds = Math.max(0, Math.min(job.atMs, opened.durationMs - 1)) / 1000
  if (seconds > 0) await input.seek(seconds, -1, AVSEEK_FLAG_BACKWARD)
  using decoder = await Decoder.create(opened.video)
  const frame = await frameAt(opened, decoder, seconds)
  if (!frame) throw new MediaRefused('corrupt_video', `no picture at ${seconds} s`)
  const { width, height } = opened
  const steps = [
    ...opened.orientation.filters,
    ...toneMapFilters(opened.video),
    `scale=${width}:${height}`,
  ]
  using filter = FilterAPI.create([...steps, 'format=rgb24'].join(','))
  const upright = [...(await filter.processAll(frame)), ...(await filter.processAll(null))][0]
  if (!upright) throw new MediaRefused('corrupt_video', 'the picture could not be turned')
  using scaler = new Scaler()
  const data = await scaler.toBuffer(upright, { format: 'rgb' })
  const image = sharp(data, { raw: { width, height, channels: 3 } })
  return encodeImage({ image, hasAlpha: false, width, height }, job.spec, job.output)
}

async function frameAt(
  { input, video }: OpenedVideo,
  decoder: Decoder,
  seconds: number,
): Promise<Frame | undefined> {
  const { num, den } = video.timeBase
  let last: Frame | undefined
  for await (using packet of input.packets(video.index)) {
    for (const frame of await decoder.decodeAll(packet)) {
      // The picture before stays on the screen until the next one's time has come.
      if (last && (Number(frame.pts) * num) / den > seconds) return last
      last?.free()
      last = frame
    }
    if (!packet) break
  }
  return last
}
