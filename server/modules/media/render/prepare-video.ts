/** Any accepted video in, an MP4 without metadata out: copied where the network can take it so. */
import { stat } from 'node:fs/promises'
import {
  AV_CODEC_ID_AAC,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  AV_PROFILE_H264_BASELINE,
  AV_PROFILE_H264_HIGH,
  AV_PROFILE_H264_MAIN,
} from 'node-av/constants'
import { MediaRefused, RenderFailed } from '../media-refused.ts'
import { copyStreams } from './copy-streams.ts'
import type { RenderedVideo, RenderJob, VideoSpec } from './job.ts'
import { type OpenedVideo, openVideo } from './open-video.ts'
import { nalLengthSize } from './strip-user-data.ts'
import { transcode } from './transcode.ts'
import { isHdr, planVideo } from './video-filters.ts'

/** 8-bit 4:2:0; the higher byte holds constraint flags (FFmpeg's AV_PROFILE_H264_CONSTRAINED). */
const commonProfiles: ReadonlySet<number> = new Set([
  AV_PROFILE_H264_BASELINE,
  AV_PROFILE_H264_MAIN,
  AV_PROFILE_H264_HIGH,
])

export async function prepareVideo(
  job: Extract<RenderJob, { type: 'prepare-video' }>,
  onProgress: (progress: number) => void,
): Promise<RenderedVideo> {
  const opened = await openVideo(job.input, job.format)
  await using _input = opened.input
  const { size } = await stat(job.input)
  if (canCopy(opened, job.spec, size)) {
    await refusingDamage(copyStreams(opened, job.output, onProgress))
    const { width, height, durationMs } = opened
    return finished(job, { how: 'copied', width, height, durationMs })
  }
  const plan = planVideo(opened, job.spec)
  const { trim } = job.spec
  const end = Math.min(trim?.endMs ?? opened.durationMs, opened.durationMs)
  const durationMs = end - (trim?.startMs ?? 0)
  if (durationMs <= 0) throw new MediaRefused('corrupt_video', { end, trim })
  const work = { output: job.output, plan, trim, durationMs, maxBytes: job.spec.maxBytes }
  await refusingDamage(transcode(opened, work, onProgress))
  return finished(job, { how: 'transcoded', width: plan.width, height: plan.height, durationMs })
}

async function finished(
  { output, spec }: Extract<RenderJob, { type: 'prepare-video' }>,
  facts: Omit<RenderedVideo, 'bytes'>,
): Promise<RenderedVideo> {
  const { size } = await stat(output)
  if (size > spec.maxBytes) throw new RenderFailed('cannot_fit', `${size} of ${spec.maxBytes}`)
  return { ...facts, bytes: size }
}

/** Whether the pictures and sound are already what every player and network takes. */
function canCopy(opened: OpenedVideo, spec: VideoSpec, bytes: number): boolean {
  const { video, audio, codec, orientation } = opened
  const { codecpar } = video
  if (spec.trim || spec.frame || bytes > spec.maxBytes) return false
  if (codec === 'other' || !spec.codecs.includes(codec)) return false
  if (nalLengthSize(codecpar.extradata, codec) === undefined) return false
  if (codec === 'h264' && !commonProfiles.has(codecpar.profile & 0xff)) return false
  if (![AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P].some((one) => one === codecpar.format))
    return false
  if (codecpar.width % 2 !== 0 || codecpar.height % 2 !== 0) return false
  const { num, den } = codecpar.sampleAspectRatio
  if (num !== den && num !== 0) return false
  if (orientation.mirrored || isHdr(video)) return false
  // Half a frame of tolerance: 60000/1001 and the like are no reason to encode anew.
  if (opened.frameRate > spec.maxFrameRate + 0.5) return false
  if (Math.max(opened.width, opened.height) > spec.maxEdge) return false
  return !audio || audio.codecpar.codecId === AV_CODEC_ID_AAC
}

/** FFmpeg's complaint is about the file; a full disk is not. */
async function refusingDamage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (fault) {
    if (fault instanceof MediaRefused || fault instanceof RenderFailed) throw fault
    if (fault instanceof Error && /no space left|ENOSPC/i.test(fault.message)) throw fault
    throw new MediaRefused('corrupt_video', fault)
  }
}
