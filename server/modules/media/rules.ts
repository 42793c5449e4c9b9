/** What a network takes, and what can be done about a file that it does not. Pure. */
import type { ImageFacts, MediaFacts, VideoFacts } from './inspect-file.ts'
import type { ImageSpec, VideoSpec } from './render/job.ts'
import type { ImageFormat, VideoFormat } from './sniff-format.ts'

/** Width divided by height. */
export type RatioRange = { min: number; max: number }

/** As an adapter's manifest states them. Bytes and milliseconds; both ends are allowed. */
export type MediaLimits = {
  image: {
    formats: readonly ImageFormat[]
    maxBytes: number
    /** In pixels. */
    minWidth?: number
    ratio?: RatioRange
  }
  video: {
    formats: readonly VideoFormat[]
    codecs: readonly string[]
    maxBytes: number
    minMs: number
    maxMs: number
    ratioMin: number
    ratioMax: number
  }
  /** How many images one post may hold when it holds more than one. */
  carousel: { min: number; max: number }
}

/** What will be done to a copy of the file; the file in the library stays. */
export type Conversion =
  | { step: 'reencode'; to: 'jpeg' | 'mp4' }
  | { step: 'first-frame' }
  | { step: 'shrink'; maxBytes: number }
  /** Bars are added, unless the person cuts it themselves. */
  | { step: 'frame'; ratio: number }

export type MediaFit =
  | { fits: true }
  | { fits: false; convertible: true; how: Conversion[]; words: string }
  | { fits: false; convertible: false; reason: string; fix: string }

/** Whether one file fits, can be made to fit without the person, or what they must change. */
export function fitMedia(facts: MediaFacts, limits: MediaLimits): MediaFit {
  return facts.kind === 'image' ? fitImage(facts, limits.image) : fitVideo(facts, limits.video)
}

function fitImage(facts: ImageFacts, limits: MediaLimits['image']): MediaFit {
  const { minWidth, ratio: range } = limits
  if (minWidth !== undefined && facts.width < minWidth) {
    return refuse(
      `The picture is ${facts.width} pixels wide; at least ${minWidth} are needed.`,
      'Use a larger picture: enlarging this one would only blur it.',
    )
  }
  const how: Conversion[] = []
  if (facts.animated) how.push({ step: 'first-frame' })
  if (facts.animated || !limits.formats.includes(facts.format)) {
    how.push({ step: 'reencode', to: 'jpeg' })
  }
  if (facts.bytes > limits.maxBytes) how.push({ step: 'shrink', maxBytes: limits.maxBytes })
  const ratio = range && nearestRatio(facts, range.min, range.max)
  if (ratio !== undefined) how.push({ step: 'frame', ratio })
  return outcome(how)
}

function fitVideo(facts: VideoFacts, limits: MediaLimits['video']): MediaFit {
  if (facts.durationMs < limits.minMs) {
    return refuse(
      `The video lasts ${duration(facts.durationMs)}; at least ${duration(limits.minMs)} are needed.`,
      'Use a longer video.',
    )
  }
  if (facts.durationMs > limits.maxMs) {
    return refuse(
      `The video lasts ${duration(facts.durationMs)}; at most ${duration(limits.maxMs)} are allowed.`,
      'Trim it to the part that matters.',
    )
  }
  const how: Conversion[] = []
  const soundFits = facts.audioCodec === undefined || facts.audioCodec === 'aac'
  const known = limits.formats.includes(facts.format) && limits.codecs.includes(facts.videoCodec)
  if (!known || !soundFits) how.push({ step: 'reencode', to: 'mp4' })
  if (facts.bytes > limits.maxBytes) how.push({ step: 'shrink', maxBytes: limits.maxBytes })
  const ratio = nearestRatio(facts, limits.ratioMin, limits.ratioMax)
  if (ratio !== undefined) how.push({ step: 'frame', ratio })
  return outcome(how)
}

/** Whether this many images (or one video) may stand in one post. */
export function fitSelection(all: readonly MediaFacts[], { carousel }: MediaLimits): MediaFit {
  const videos = all.filter(({ kind }) => kind === 'video').length
  if (all.length === 0) return refuse('There is no picture or video.', 'Add one.')
  if (all.length === 1) return { fits: true }
  if (videos > 0) {
    return refuse('A video stands alone in a post.', 'Take out the other files, or the video.')
  }
  if (all.length < carousel.min || all.length > carousel.max) {
    const range = `${carousel.min} to ${carousel.max}`
    return refuse(
      `There are ${all.length} pictures; ${range} are allowed.`,
      'Add or take out some.',
    )
  }
  return { fits: true }
}

const maxImageEdge = 4096
/** Full HD: networks scale anything larger down to it. */
const maxVideoEdge = 1920
const maxFrameRate = 60

/** What to ask of `render` so that a picture comes out as `limits` want it. */
export function imageSpecFor(
  limits: MediaLimits['image'],
  wishes: Pick<ImageSpec, 'crop' | 'background' | 'keepAlpha'> = {},
): ImageSpec {
  const keepAlpha = wishes.keepAlpha === true && limits.formats.includes('png')
  return { ...wishes, keepAlpha, maxEdge: maxImageEdge, maxBytes: limits.maxBytes }
}

/** As `imageSpecFor`, for a video: bars are added when its ratio is outside, unless `frame` is wished. */
export function videoSpecFor(
  facts: VideoFacts,
  limits: MediaLimits['video'],
  wishes: Pick<VideoSpec, 'trim' | 'frame'> = {},
): VideoSpec {
  const ratio = nearestRatio(facts, limits.ratioMin, limits.ratioMax)
  const frame: VideoSpec['frame'] =
    wishes.frame ?? (ratio === undefined ? undefined : { ratio, fit: 'pad' })
  return {
    maxBytes: limits.maxBytes,
    maxEdge: maxVideoEdge,
    maxFrameRate,
    codecs: (['h264', 'h265'] as const).filter((codec) => limits.codecs.includes(codec)),
    ...(wishes.trim ? { trim: wishes.trim } : {}),
    ...(frame ? { frame } : {}),
  }
}

/** The allowed ratio that is nearest, or undefined when the file's own is allowed. */
function nearestRatio(
  { width, height }: { width: number; height: number },
  min: number,
  max: number,
): number | undefined {
  const ratio = width / height
  // Sizes are whole pixels: half a pixel off the line is on it.
  if (ratio < min - 0.5 / height) return min
  return ratio > max + 0.5 / height ? max : undefined
}

function outcome(how: Conversion[]): MediaFit {
  if (how.length === 0) return { fits: true }
  const words = `A copy will be ${how.map(inWords).join(', ')}. The file itself stays as it is.`
  return { fits: false, convertible: true, how, words }
}

function inWords(conversion: Conversion): string {
  switch (conversion.step) {
    case 'reencode':
      return `converted to ${conversion.to.toUpperCase()}`
    case 'first-frame':
      return 'reduced to its first picture (animations do not move there)'
    case 'shrink':
      return `reduced to ${Math.floor(conversion.maxBytes / 1_000_000)} MB`
    case 'frame':
      return `framed with bars to ${ratioWords(conversion.ratio)}`
  }
}

function ratioWords(ratio: number): string {
  return ratio >= 1 ? `${round(ratio)}:1` : `1:${round(1 / ratio)}`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 100) / 10
  if (seconds < 120) return `${seconds} seconds`
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds % 60)
  return rest === 0 ? `${minutes} minutes` : `${minutes} minutes ${rest} seconds`
}

function refuse(reason: string, fix: string): MediaFit {
  return { fits: false, convertible: false, reason, fix }
}
