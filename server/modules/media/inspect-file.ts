/** What an uploaded file really is; or the reason, in words, why it is not taken. */
import { type FileHandle, open } from 'node:fs/promises'
import { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny'
import sharp from 'sharp'
import { MediaRefused } from './media-refused.ts'
import { render } from './render/render.ts'
import {
  headBytes,
  hidesOtherContent,
  type ImageFormat,
  kindOf,
  type MediaFormat,
  sniffFormat,
  tailBytes,
  type VideoFormat,
} from './sniff-format.ts'

const imageMaxBytes = 60 * 1024 * 1024
const videoMaxBytes = 2 * 1024 * 1024 * 1024
/** 12,000 x 12,000. A picture decoded to memory takes 4 bytes a pixel. */
const maxPixels = 144_000_000

export type ImageFacts = {
  kind: 'image'
  format: ImageFormat
  bytes: number
  /** Upright: as it is to be shown. */
  width: number
  height: number
  hasAlpha: boolean
  animated: boolean
  /** A sentence for the person when name or declared type say another format. */
  mismatch?: string
}

export type VideoFacts = {
  kind: 'video'
  format: VideoFormat
  bytes: number
  /** Upright and with square pixels: as it is to be shown. */
  width: number
  height: number
  durationMs: number
  /** Mean frames a second. */
  frameRate: number
  /** `h264`, `h265`, `vp8`, `vp9`, `av1`, or the container's own name for a rarer one. */
  videoCodec: string
  /** Undefined without sound. */
  audioCodec?: string
  /** Clockwise degrees that a player turns the stored frames. */
  rotation: 0 | 90 | 180 | 270
  mismatch?: string
}

export type MediaFacts = ImageFacts | VideoFacts

/** What the sender claims: told when wrong, never believed. */
export type Declared = { declaredName?: string | undefined; declaredType?: string | undefined }

/**
 * Reads what `path` is, and decodes it once in the child process so that a damaged file is refused
 * here and not at publishing. Throws MediaRefused.
 */
export async function inspectFile(
  path: string,
  declared: Declared = {},
  { signal }: { signal?: AbortSignal } = {},
): Promise<MediaFacts> {
  const facts = await readFacts(path, declared)
  const run = signal ? { signal } : {}
  if (facts.kind === 'image') {
    await render({ type: 'check-image', input: path, format: facts.format }, run)
  } else {
    const { durationMs } = facts
    await render({ type: 'check-video', input: path, format: facts.format, durationMs }, run)
  }
  return facts
}

/**
 * As `inspectFile` without decoding: enough before work that decodes anyway (previews). Reads
 * headers only, so a picture that would fill the memory is refused before anything unpacks it.
 */
export async function readFacts(path: string, declared: Declared = {}): Promise<MediaFacts> {
  const { bytes, head, tail } = await readEnds(path)
  if (bytes === 0) throw new MediaRefused('empty')
  const sniffed = sniffFormat(head)
  if ('known' in sniffed) throw new MediaRefused('unsupported_format', sniffed.known)
  if ('other' in sniffed) throw new MediaRefused('not_media', sniffed.other)
  const { format } = sniffed
  const mismatch = mismatchOf(format, declared)
  const facts = isImage(format)
    ? await imageFacts(path, format, bytes, { head, tail })
    : await videoFacts(path, format, bytes)
  return mismatch === undefined ? facts : { ...facts, mismatch }
}

function isImage(format: MediaFormat): format is ImageFormat {
  return kindOf(format) === 'image'
}

async function readEnds(path: string): Promise<{ bytes: number; head: Buffer; tail: Buffer }> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const head = await readAt(file, 0, Math.min(size, headBytes))
    const tailSize = Math.min(size, tailBytes)
    return { bytes: size, head, tail: await readAt(file, size - tailSize, tailSize) }
  } finally {
    await file.close()
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

async function imageFacts(
  path: string,
  format: ImageFormat,
  bytes: number,
  { head, tail }: { head: Buffer; tail: Buffer },
): Promise<ImageFacts> {
  if (bytes > imageMaxBytes) throw new MediaRefused('image_too_large')
  if (hidesOtherContent(head, tail)) throw new MediaRefused('hidden_content')
  const header = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch((fault: unknown) => {
      throw new MediaRefused('corrupt_image', fault)
    })
  const read =
    header.format === 'heif' ? (header.compression === 'av1' ? 'avif' : 'heic') : header.format
  if (read !== format) throw new MediaRefused('corrupt_image', `read as ${read}`)
  if (header.width * header.height > maxPixels) throw new MediaRefused('too_many_pixels')
  const { width, height } = header.autoOrient
  return {
    kind: 'image',
    format,
    bytes,
    width,
    height,
    hasAlpha: header.hasAlpha,
    animated: (header.pages ?? 1) > 1 && format !== 'tiff' && format !== 'heic',
  }
}

const codecNames: Readonly<Record<string, string>> = { avc: 'h264', hevc: 'h265' }

async function videoFacts(path: string, format: VideoFormat, bytes: number): Promise<VideoFacts> {
  if (bytes > videoMaxBytes) throw new MediaRefused('video_too_large')
  const faults: unknown[] = []
  using input = new Input({
    source: new FilePathSource(path, { handleUnhandledError: (fault) => faults.push(fault) }),
    formats: [MP4, QTFF, MATROSKA, WEBM],
  })
  try {
    return await readTracks(input, format, bytes)
  } catch (fault) {
    if (fault instanceof MediaRefused) throw fault
    throw new MediaRefused('corrupt_video', fault)
  }
}

async function readTracks(input: Input, format: VideoFormat, bytes: number): Promise<VideoFacts> {
  const video = await input.getPrimaryVideoTrack()
  if (!video) {
    const sound = await input.getPrimaryAudioTrack()
    throw new MediaRefused(sound ? 'no_video' : 'corrupt_video')
  }
  const width = await video.getDisplayWidth()
  const height = await video.getDisplayHeight()
  const seconds = (await input.getDurationFromMetadata()) ?? (await input.computeDuration())
  // A hundred frames tell the mean rate well enough, without reading a whole film.
  const { averagePacketRate } = await video.computePacketStats(100)
  if (!(width > 0 && height > 0 && seconds > 0 && averagePacketRate > 0)) {
    throw new MediaRefused('corrupt_video', { width, height, seconds, averagePacketRate })
  }
  const audio = await input.getPrimaryAudioTrack()
  const codecOf = async (track: typeof video | NonNullable<typeof audio>) => {
    const codec = (await track.getCodec()) ?? String(await track.getInternalCodecId())
    return codecNames[codec] ?? codec
  }
  return {
    kind: 'video',
    format,
    bytes,
    width,
    height,
    durationMs: Math.round(seconds * 1000),
    frameRate: Math.round(averagePacketRate * 100) / 100,
    videoCodec: await codecOf(video),
    ...(audio ? { audioCodec: await codecOf(audio) } : {}),
    rotation: await video.getRotation(),
  }
}

const endings: Readonly<Record<MediaFormat, readonly string[]>> = {
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  png: ['png'],
  heic: ['heic', 'heif'],
  tiff: ['tif', 'tiff'],
  webp: ['webp'],
  gif: ['gif'],
  avif: ['avif'],
  mp4: ['mp4', 'm4v', 'mov', '3gp'],
  mov: ['mov', 'qt', 'mp4'],
  webm: ['webm', 'mkv'],
  mkv: ['mkv', 'webm'],
}

function mismatchOf(format: MediaFormat, declared: Declared): string | undefined {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(declared.declaredName ?? '')?.[1]?.toLowerCase()
  const claims = Object.values(endings).flat()
  if (ending !== undefined && claims.includes(ending) && !endings[format].includes(ending)) {
    return `The name ends in .${ending}, but the file is ${format.toUpperCase()}; it is treated as that.`
  }
  const type = declared.declaredType?.split(';')[0]?.trim().toLowerCase() ?? ''
  const kind = type.split('/')[0]
  if ((kind === 'image' || kind === 'video') && kind !== kindOf(format)) {
    return `It was sent as ${type}, but the file is ${format.toUpperCase()}; it is treated as that.`
  }
  return undefined
}
