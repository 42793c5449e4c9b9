import { Decoder, Encoder, FilterAPI, type Muxer } from 'node-av/api'
import { AVSEEK_FLAG_BACKWARD, FF_ENCODER_AAC, FF_ENCODER_LIBX264 } from 'node-av/constants'
import type { Frame, Packet, Stream } from 'node-av/lib'
import { MediaRefused } from '../media-refused.ts'
import { openMp4 } from './copy-streams.ts'
import type { VideoSpec } from './job.ts'
import type { OpenedVideo } from './open-video.ts'
import type { VideoPlan } from './video-filters.ts'

type Work = {
  output: string
  plan: VideoPlan
  trim: VideoSpec['trim']
  /** Of the result. */
  durationMs: number
  maxBytes: number
}

const audioBitrate = 128_000
/** 1080p30 looks the same above this; below the other nothing is to be made out. */
const mostBitrate = 12_000_000
const leastBitrate = 150_000

/** One stream's way: decode, keep what lies in time, filter, encode, write. */
type Lane = {
  stream: Stream
  decoder: Decoder
  filter: FilterAPI
  encoder: Encoder
  index: number
}

/** Encodes as H.264 (high, 4:2:0) and AAC (48 kHz stereo), index first. */
export async function transcode(
  opened: OpenedVideo,
  work: Work,
  onProgress: (progress: number) => void,
): Promise<void> {
  const { input } = opened
  const startSeconds = (work.trim?.startMs ?? 0) / 1000
  const endSeconds = startSeconds + work.durationMs / 1000
  if (startSeconds > 0) await input.seek(startSeconds, -1, AVSEEK_FLAG_BACKWARD)
  await using muxer = await openMp4(work.output)
  const lanes = await openLanes(opened, work, muxer)
  const window = work.trim ? { startSeconds, endSeconds } : undefined
  const beyond = new Set<Lane>()
  for await (using packet of input.packets()) {
    if (!packet) break
    const lane = lanes.find(({ stream }) => stream.index === packet.streamIndex)
    if (!lane || beyond.has(lane)) continue
    const seconds = secondsOf(packet.dts, lane.stream)
    if (lane === lanes[0]) {
      onProgress(Math.min(0.99, (seconds - startSeconds) / (endSeconds - startSeconds)))
    }
    // Pictures are stored before those they depend on: two seconds more hold every reordering.
    if (window && seconds > endSeconds + 2) beyond.add(lane)
    else await advance(lane, packet, muxer, window)
    if (beyond.size === lanes.length) break
  }
  for (const lane of lanes) await finish(lane, muxer, window)
  await muxer.close()
  for (const { decoder, filter, encoder } of lanes) {
    for (const part of [decoder, filter, encoder]) part.close()
  }
}

async function openLanes(
  { video, audio }: OpenedVideo,
  { plan, trim, durationMs, maxBytes }: Work,
  muxer: Muxer,
): Promise<Lane[]> {
  const shift = (name: string) => (trim ? `${name}=PTS-${trim.startMs / 1000}/TB,` : '')
  const videoDecoder = await Decoder.create(video)
  const videoFilter = FilterAPI.create(shift('setpts') + plan.filters)
  const rate = videoBitrate(maxBytes, durationMs, audio !== undefined)
  const videoEncoder = await Encoder.create(FF_ENCODER_LIBX264, {
    decoder: videoDecoder,
    filter: videoFilter,
    gopSize: Math.round(plan.frameRate * 2),
    maxRate: rate,
    bufSize: rate,
    options: { preset: 'veryfast', crf: 21, profile: 'high' },
  })
  const lanes = [
    {
      stream: video,
      decoder: videoDecoder,
      filter: videoFilter,
      encoder: videoEncoder,
      index: muxer.addStream(videoEncoder),
    },
  ]
  if (!audio) return lanes
  const decoder = await Decoder.create(audio)
  const filter = FilterAPI.create(
    `${shift('asetpts')}aresample=48000:async=1,aformat=sample_fmts=fltp:channel_layouts=stereo`,
  )
  const encoder = await Encoder.create(FF_ENCODER_AAC, { decoder, filter, bitrate: audioBitrate })
  return [...lanes, { stream: audio, decoder, filter, encoder, index: muxer.addStream(encoder) }]
}

/** The most that keeps the whole under `maxBytes`, with a twentieth for the container and bursts. */
function videoBitrate(maxBytes: number, durationMs: number, hasAudio: boolean): number {
  const whole = (maxBytes * 8 * 0.95) / (durationMs / 1000)
  const rate = Math.floor(whole - (hasAudio ? audioBitrate : 0))
  if (rate < leastBitrate) throw new MediaRefused('too_long_for_size', { rate })
  return Math.min(rate, mostBitrate)
}

type Window = { startSeconds: number; endSeconds: number } | undefined

async function advance(
  lane: Lane,
  packet: Packet | null,
  muxer: Muxer,
  window: Window,
): Promise<void> {
  for (const frame of await lane.decoder.decodeAll(packet)) {
    if (isInside(frame, lane.stream, window)) await filterInto(lane, frame, muxer)
    frame.free()
  }
}

async function filterInto(lane: Lane, frame: Frame | null, muxer: Muxer): Promise<void> {
  for (const filtered of await lane.filter.processAll(frame)) {
    await encodeInto(lane, filtered, muxer)
    filtered.free()
  }
}

async function encodeInto(lane: Lane, frame: Frame | null, muxer: Muxer): Promise<void> {
  for (const packet of await lane.encoder.encodeAll(frame)) {
    await muxer.writePacket(packet, lane.index)
    packet.free()
  }
}

/** What decoder, filter and encoder still hold, in this order. */
async function finish(lane: Lane, muxer: Muxer, window: Window): Promise<void> {
  await advance(lane, null, muxer, window)
  await filterInto(lane, null, muxer)
  await encodeInto(lane, null, muxer)
}

function isInside(frame: Frame, stream: Stream, window: Window): boolean {
  if (!window) return true
  const seconds = secondsOf(frame.pts, stream)
  return seconds >= window.startSeconds && seconds < window.endSeconds
}

function secondsOf(time: bigint, { timeBase }: Stream): number {
  return (Number(time) * timeBase.num) / timeBase.den
}
