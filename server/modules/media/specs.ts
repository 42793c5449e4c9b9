import type { ImageSpec, VideoSpec } from './render/job.ts'

/**
 * How files are made clean for going out: within what every network takes.
 */
export const imageSpec: ImageSpec = { maxEdge: 4000, maxBytes: 10 * 1024 * 1024, keepAlpha: true }
export const videoSpec: VideoSpec = {
  maxBytes: 2 * 1024 ** 3,
  maxEdge: 1920,
  maxFrameRate: 60,
  codecs: ['h264'],
}
export const thumbnailWidth = 320
export const previewWidth = 1080
