/** What the child process is asked and answers. Plain data: it crosses a process boundary. */
import type { FailureReason, RefusalReason } from '../media-refused.ts'
import type { ImageFormat, VideoFormat } from '../sniff-format.ts'

/** How a picture is to come out. */
export type ImageSpec = {
  /** Longest side in pixels; smaller pictures stay as they are. */
  maxEdge: number
  maxBytes: number
  /** Keep transparency (the result is then a PNG); otherwise it is laid on `background`. */
  keepAlpha?: boolean
  /** `#rrggbb`; white when absent. */
  background?: string
  /** Cut to `ratio` (width / height) around `focus` (0 to 1 of width and height, centre when absent). */
  crop?: { ratio: number; focus?: { x: number; y: number } }
}

/** How a video is to come out: always MP4, with the index first. */
export type VideoSpec = {
  maxBytes: number
  /** Longest side in pixels. */
  maxEdge: number
  maxFrameRate: number
  /** Codecs that may stay as they are; everything else becomes H.264. */
  codecs: readonly ('h264' | 'h265')[]
  trim?: { startMs: number; endMs: number }
  /** Bring to `ratio` (width / height): `pad` with `background` (`#rrggbb`, black) or `crop` the middle. */
  frame?: { ratio: number; fit: 'pad' | 'crop'; background?: string }
}

type ImageInput = { input: string; format: ImageFormat }
type VideoInput = { input: string; format: VideoFormat }

/** All paths are absolute. Outputs are overwritten, and removed when the work fails. */
export type RenderJob =
  | ({ type: 'check-image' } & ImageInput)
  | ({ type: 'prepare-image'; output: string; spec: ImageSpec } & ImageInput)
  /** WebP, each at most `width` wide and three times as high; never enlarged; transparency kept. */
  | ({ type: 'preview-image'; outputs: { path: string; width: number }[] } & ImageInput)
  | ({ type: 'check-video'; durationMs: number } & VideoInput)
  | ({ type: 'prepare-video'; output: string; spec: VideoSpec } & VideoInput)
  /** One frame as JPEG; a time beyond the end gives the last frame. */
  | ({ type: 'video-frame'; output: string; atMs: number; spec: ImageSpec } & VideoInput)

export type RenderedImage = { format: 'jpeg' | 'png'; width: number; height: number; bytes: number }
export type RenderedPreview = { path: string; width: number; height: number; bytes: number }
export type RenderedVideo = {
  /** `copied`: the pictures and the sound are those of the source, bit by bit. */
  how: 'copied' | 'transcoded'
  /** Upright. */
  width: number
  height: number
  durationMs: number
  bytes: number
}

export type RenderResults = {
  'check-image': Record<never, never>
  'prepare-image': RenderedImage
  'preview-image': { previews: RenderedPreview[] }
  'check-video': Record<never, never>
  'prepare-video': RenderedVideo
  'video-frame': RenderedImage
}

export type RenderResult = RenderResults[RenderJob['type']]

/** What the child sends. `rss` (bytes) is for systems whose /proc the parent cannot read. */
export type ChildMessage =
  | { ready: true }
  | { progress: number }
  | { rss: number }
  | { result: RenderResult }
  | { refused: RefusalReason; detail: string }
  | { failed: FailureReason; detail: string }

/** Paths that a job writes to. */
export function outputsOf(job: RenderJob): string[] {
  if ('output' in job) return [job.output]
  return 'outputs' in job ? job.outputs.map(({ path }) => path) : []
}
