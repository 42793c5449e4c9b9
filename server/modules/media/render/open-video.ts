/** Opening untrusted videos with FFmpeg, and what is known of them before decoding. */
import { Demuxer } from 'node-av/api'
import {
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_LOG_ERROR,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants'
import { Log, type Stream } from 'node-av/lib'
import { MediaRefused } from '../media-refused.ts'
import type { VideoFormat } from '../sniff-format.ts'

export type OpenedVideo = {
  input: Demuxer
  video: Stream
  audio: Stream | undefined
  codec: 'h264' | 'h265' | 'other'
  /** Upright, square pixels. */
  width: number
  height: number
  orientation: Orientation
  frameRate: number
  durationMs: number
}

const demuxers: Readonly<Record<VideoFormat, string>> = {
  mp4: 'mov',
  mov: 'mov',
  webm: 'matroska',
  mkv: 'matroska',
}

/** Opens `path` as just the format it was found to be: never as a playlist or anything that names other files. */
export async function openVideo(path: string, format: VideoFormat): Promise<OpenedVideo> {
  Log.setLevel(AV_LOG_ERROR)
  const input = await openDemuxer(path, demuxers[format])
  const video = input.findBestStream(AVMEDIA_TYPE_VIDEO)
  if (!video) throw new MediaRefused('no_video')
  const { codecpar } = video
  const orientation = orientationOf(codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX))
  const { num, den } = codecpar.sampleAspectRatio
  const aspect = num > 0 && den > 0 ? num / den : 1
  const stored = { width: Math.round(codecpar.width * aspect), height: codecpar.height }
  if (!(stored.width > 0 && stored.height > 0)) throw new MediaRefused('corrupt_video', 'no size')
  const turned = orientation.degrees === 90 || orientation.degrees === 270
  const rate = video.avgFrameRate
  return {
    input,
    video,
    audio: input.findBestStream(AVMEDIA_TYPE_AUDIO),
    codec: codecOf(codecpar.codecId),
    width: turned ? stored.height : stored.width,
    height: turned ? stored.width : stored.height,
    orientation,
    frameRate: rate.num > 0 && rate.den > 0 ? rate.num / rate.den : 30,
    durationMs: Math.round(input.duration * 1000),
  }
}

async function openDemuxer(path: string, format: string): Promise<Demuxer> {
  try {
    return await Demuxer.open(path, { format, options: { protocol_whitelist: 'file' } })
  } catch (fault) {
    throw new MediaRefused('corrupt_video', fault)
  }
}

function codecOf(id: number): 'h264' | 'h265' | 'other' {
  if (id === AV_CODEC_ID_H264) return 'h264'
  return id === AV_CODEC_ID_HEVC ? 'h265' : 'other'
}

/** How stored frames are to be turned; `filters` (FFmpeg's) do that. */
export type Orientation = { degrees: 0 | 90 | 180 | 270; mirrored: boolean; filters: string[] }

/**
 * Reads a display matrix (nine 32-bit numbers, the first rows 16.16 fixed: ISO/IEC 14496-12 8.3.2)
 * the way the ffmpeg program's autorotate does.
 */
export function orientationOf(matrix: Buffer | null): Orientation {
  if (!matrix || matrix.length < 36) return { degrees: 0, mirrored: false, filters: [] }
  const at = (index: number) => matrix.readInt32LE(index * 4)
  const scale0 = Math.hypot(at(0), at(3))
  const scale1 = Math.hypot(at(1), at(4))
  if (scale0 === 0 || scale1 === 0) return { degrees: 0, mirrored: false, filters: [] }
  const angle = (Math.atan2(at(1) / scale1, at(0) / scale0) * 180) / Math.PI
  const quarter = ((Math.round(angle / 90) % 4) + 4) % 4
  const mirrored = at(0) * at(4) - at(1) * at(3) < 0
  if (quarter === 1) {
    const filter = at(3) > 0 ? 'transpose=cclock_flip' : 'transpose=clock'
    return { degrees: 90, mirrored, filters: [filter] }
  }
  if (quarter === 3) {
    const filter = at(3) < 0 ? 'transpose=clock_flip' : 'transpose=cclock'
    return { degrees: 270, mirrored, filters: [filter] }
  }
  const filters = [...(at(0) < 0 ? ['hflip'] : []), ...(at(4) < 0 ? ['vflip'] : [])]
  return { degrees: quarter === 2 ? 180 : 0, mirrored, filters }
}
