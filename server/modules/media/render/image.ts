/** Pictures: any accepted format in, upright sRGB without metadata out. */
import { writeFile } from 'node:fs/promises'
import sharp, { type OutputInfo, type Sharp } from 'sharp'
import { MediaRefused, RenderFailed } from '../media-refused.ts'
import type { ImageFormat } from '../sniff-format.ts'
import { decodeHeic } from './heic.ts'
import type { ImageSpec, RenderedImage, RenderedPreview, RenderJob } from './job.ts'

// Whatever a file claims to be, no other reader than these is ever tried on it.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadTiffFile',
    'VipsForeignLoadTiffBuffer',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
    'VipsForeignLoadHeifFile',
  ],
})
sharp.cache(false)

const maxPixels = 144_000_000
const jpegQualities = [90, 84, 76, 68, 60]
/** Below this a picture is no use to anyone. */
const smallestEdge = 200

type Job<Type extends RenderJob['type']> = Extract<RenderJob, { type: Type }>

/** Decodes all of it, so that a damaged or cut file is found. */
export async function checkImage({ input, format }: Job<'check-image'>): Promise<object> {
  const { image } = await openImage(input, format)
  await refusingDamage(image.resize(64, 64, { fit: 'inside' }).raw().toBuffer())
  return {}
}

export async function prepareImage(job: Job<'prepare-image'>): Promise<RenderedImage> {
  const opened = await openImage(job.input, job.format)
  return encodeImage(opened, job.spec, job.output)
}

export async function previewImage({
  input,
  format,
  outputs,
}: Job<'preview-image'>): Promise<{ previews: RenderedPreview[] }> {
  const { image, hasAlpha } = await openImage(input, format)
  const widest = Math.max(...outputs.map(({ width }) => width))
  const large = await pixelsOf(shrunk(image, widest, widest * 3), hasAlpha)
  const previews: RenderedPreview[] = []
  for (const { path, width } of outputs) {
    const preview = shrunk(fromPixels(large), width, width * 3)
    const info = await preview.webp({ quality: 80, effort: 3 }).toFile(path)
    previews.push({ path, width: info.width, height: info.height, bytes: info.size })
  }
  return { previews }
}

export type OpenedImage = { image: Sharp; hasAlpha: boolean; width: number; height: number }

/** Upright from here on; sharp turns any colour profile (CMYK and wide gamut too) into sRGB. */
async function openImage(path: string, format: ImageFormat): Promise<OpenedImage> {
  // Many phones' files have oddities that libjpeg warns of; only what loses pixels is an error.
  const options = { failOn: 'error', limitInputPixels: maxPixels, autoOrient: true } as const
  if (format === 'heic') {
    const { tiff, hasAlpha } = await refusingDamage(decodeHeic(path))
    const image = sharp(tiff, { ...options, autoOrient: false })
    const { width, height } = await refusingDamage(image.metadata())
    return { image: hasAlpha ? image : image.removeAlpha(), hasAlpha, width, height }
  }
  const image = sharp(path, options)
  const header = await refusingDamage(image.metadata())
  return { image, hasAlpha: header.hasAlpha, ...header.autoOrient }
}

/**
 * Crops, shrinks and encodes. Between decoding and encoding there are only pixels, so nothing that
 * the file carried besides them can come out. The same input gives the same bytes.
 */
export async function encodeImage(
  { image, hasAlpha, width, height }: OpenedImage,
  spec: ImageSpec,
  output: string,
): Promise<RenderedImage> {
  const cropped = spec.crop ? image.extract(cropRegion(width, height, spec.crop)) : image
  const keepAlpha = hasAlpha && spec.keepAlpha === true
  const flat = keepAlpha ? cropped : cropped.flatten({ background: spec.background ?? '#ffffff' })
  const pixels = await pixelsOf(shrunk(flat, spec.maxEdge, spec.maxEdge), keepAlpha)
  let edge = Math.max(pixels.info.width, pixels.info.height)
  while (true) {
    for (const encoded of encodings(pixels, edge, keepAlpha)) {
      const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
      if (data.length > spec.maxBytes) continue
      await writeFile(output, data)
      const format = keepAlpha ? 'png' : 'jpeg'
      return { format, width: info.width, height: info.height, bytes: data.length }
    }
    edge = Math.floor(edge * 0.8)
    if (edge < smallestEdge) throw new RenderFailed('cannot_fit', `${spec.maxBytes} bytes`)
  }
}

/** From the best to the smallest that is still fit to be seen, at one size. */
function* encodings(pixels: Pixels, edge: number, png: boolean): Generator<Sharp> {
  const sized = () => shrunk(fromPixels(pixels), edge, edge)
  if (png) yield sized().png({ compressionLevel: 9 })
  else for (const quality of jpegQualities) yield sized().jpeg({ quality })
}

function cropRegion(
  width: number,
  height: number,
  { ratio, focus = { x: 0.5, y: 0.5 } }: NonNullable<ImageSpec['crop']>,
): { left: number; top: number; width: number; height: number } {
  const cropWidth = Math.max(1, Math.min(width, Math.round(height * ratio)))
  const cropHeight = Math.max(1, Math.min(height, Math.round(width / ratio)))
  const startOf = (centre: number, size: number, whole: number) =>
    Math.round(Math.min(Math.max(centre * whole - size / 2, 0), whole - size))
  return {
    left: startOf(focus.x, cropWidth, width),
    top: startOf(focus.y, cropHeight, height),
    width: cropWidth,
    height: cropHeight,
  }
}

type Pixels = { data: Buffer; info: OutputInfo }

function shrunk(image: Sharp, width: number, height: number): Sharp {
  return image.resize({ width, height, fit: 'inside', withoutEnlargement: true })
}

async function pixelsOf(image: Sharp, hasAlpha: boolean): Promise<Pixels> {
  const rgb = image.toColourspace('srgb')
  const channels = hasAlpha ? rgb.ensureAlpha() : rgb.removeAlpha()
  return refusingDamage(channels.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }))
}

function fromPixels({ data, info }: Pixels): Sharp {
  const { width, height, channels } = info
  return sharp(data, { raw: { width, height, channels } })
}

/** A decoder's complaint is about the file: it becomes the refusal that people can read. */
async function refusingDamage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (fault) {
    if (fault instanceof MediaRefused) throw fault
    const pixels = fault instanceof Error && fault.message.includes('exceeds pixel limit')
    throw new MediaRefused(pixels ? 'too_many_pixels' : 'corrupt_image', fault)
  }
}
