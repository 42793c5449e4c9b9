import { FilePathSource, Input, MP4, QTFF } from 'mediabunny'
import type { VideoVerdict } from './types.ts'

/** Pinterest's product specification for video: mp4, mov or m4v, H.264 or H.265, 4 seconds to 15 minutes. */
const SHORTEST_SECONDS = 4
const LONGEST_SECONDS = 15 * 60
const CODECS = new Set(['avc', 'hevc'])

/** Reads what a file really is. A file that cannot be read as such a video is a failed one, with the reason. */
export async function inspectVideo(path: string): Promise<VideoVerdict> {
  const input = new Input({ source: new FilePathSource(path), formats: [MP4, QTFF] })
  try {
    const track = await input.getPrimaryVideoTrack()
    if (!track) return { ok: false, reason: 'There is no video track' }
    if (!track.codec || !CODECS.has(track.codec)) {
      return { ok: false, reason: `The codec is ${track.codec ?? 'unknown'}, not H.264 or H.265` }
    }
    const seconds = await input.computeDuration()
    if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
      return { ok: false, reason: `It lasts ${seconds.toFixed(1)} s, not 4 s to 15 min` }
    }
    return {
      ok: true,
      durationMs: Math.round(seconds * 1000),
      width: track.displayWidth,
      height: track.displayHeight,
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, reason: `It cannot be read as a video: ${why}` }
  } finally {
    input.dispose()
  }
}
