/** FFmpeg filter descriptions: how decoded frames become what was asked. */
import { AVCOL_TRC_ARIB_STD_B67, AVCOL_TRC_SMPTE2084 } from 'node-av/constants'
import type { Stream } from 'node-av/lib'
import type { VideoSpec } from './job.ts'
import type { OpenedVideo } from './open-video.ts'

export type VideoPlan = { filters: string; width: number; height: number; frameRate: number }

/** PQ and HLG (what phones call HDR) look grey when their numbers are taken for ordinary ones. */
export function isHdr({ codecpar }: Stream): boolean {
  return codecpar.colorTrc === AVCOL_TRC_SMPTE2084 || codecpar.colorTrc === AVCOL_TRC_ARIB_STD_B67
}

/** Brings HDR to the ordinary range (BT.709); nothing for other video. */
export function toneMapFilters(stream: Stream): string[] {
  if (!isHdr(stream)) return []
  return [
    // 203 nits are the white of paper (ITU-R BT.2408).
    'zscale=t=linear:npl=203',
    'format=gbrpf32le',
    'zscale=p=bt709',
    // Measured on known colours: it alone leaves the middle tones as they are.
    'tonemap=mobius:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ]
}

/** Upright, framed, within the edge and frame-rate limits, even sizes (4:2:0 needs them). */
export function planVideo(opened: OpenedVideo, spec: VideoSpec): VideoPlan {
  const { frame } = spec
  const framed = frame ? framedSize(opened, frame) : opened
  const scale = Math.min(1, spec.maxEdge / Math.max(framed.width, framed.height))
  const width = even(framed.width * scale)
  const height = even(framed.height * scale)
  const frameRate = Math.min(Math.max(opened.frameRate, 10), spec.maxFrameRate)
  const filters = [
    'yadif=deint=interlaced',
    ...opened.orientation.filters,
    ...toneMapFilters(opened.video),
    ...(frame ? frameFilters(width, height, frame) : [`scale=${width}:${height}`]),
    'setsar=1',
    `fps=${frameRate.toFixed(3)}`,
    'format=yuv420p',
  ]
  return { filters: filters.join(','), width, height, frameRate }
}

type Frame = NonNullable<VideoSpec['frame']>

/** The smallest frame of the ratio around the picture (pad), or the largest inside it (crop). */
function framedSize(
  { width, height }: { width: number; height: number },
  { ratio, fit }: Frame,
): { width: number; height: number } {
  const tooWide = width / height > ratio
  const keepWidth = fit === 'pad' ? tooWide : !tooWide
  return keepWidth ? { width, height: width / ratio } : { width: height * ratio, height }
}

function frameFilters(width: number, height: number, { fit, background }: Frame): string[] {
  if (fit === 'crop') {
    return [
      `scale=${width}:${height}:force_original_aspect_ratio=increase`,
      `crop=${width}:${height}`,
    ]
  }
  // A colour of our own type, but it ends in a filter description: only digits may pass.
  const colour = /^#[0-9a-f]{6}$/i.test(background ?? '') ? background?.replace('#', '0x') : 'black'
  return [
    `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2`,
    `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:color=${colour}`,
  ]
}

/** Never more than the limit; the hundredth forgives sums of fractions. */
function even(pixels: number): number {
  return Math.max(2, Math.floor(pixels / 2 + 0.01) * 2)
}
