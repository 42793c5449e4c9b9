/**
 * HEIC by libheif compiled to WebAssembly: it joins an iPhone's tiles and turns the picture upright
 * itself (the EXIF orientation inside a HEIC is not to be applied again), and a fault of the
 * decoder stays inside its own memory.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import sharp from 'sharp'
import { MediaRefused } from '../media-refused.ts'
import { uncompressedTiff } from './uncompressed-tiff.ts'

type HeifImage = {
  handle: unknown
  get_width(): number
  get_height(): number
  is_primary(): boolean
  display(
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (result: unknown) => void,
  ): void
  free(): void
}

type LibHeif = {
  HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] }
  heif_image_handle_has_alpha_channel(handle: unknown): number
}

/** The upright picture as a TIFF that still carries its colour profile, for sharp to go on with. */
export async function decodeHeic(path: string): Promise<{ tiff: Buffer; hasAlpha: boolean }> {
  const libheif: LibHeif = createRequire(import.meta.url)('libheif-js/wasm-bundle')
  const file = await readFile(path)
  // libheif fills missing tiles with grey and calls it a success.
  if (!hasAllBoxes(file)) throw new MediaRefused('corrupt_image', 'cut off')
  const images = new libheif.HeifDecoder().decode(file)
  const image = images.find((candidate) => candidate.is_primary()) ?? images[0]
  if (!image) throw new MediaRefused('corrupt_image', 'no picture inside')
  const width = image.get_width()
  const height = image.get_height()
  const { icc } = await sharp(path, { limitInputPixels: false }).metadata()
  const hasAlpha = Boolean(libheif.heif_image_handle_has_alpha_channel(image.handle))
  const { tiff, pixels } = uncompressedTiff(width, height, icc)
  await new Promise<void>((resolve, reject) => {
    image.display({ data: pixels, width, height }, (result) => {
      if (result) resolve()
      else reject(new MediaRefused('corrupt_image', 'libheif could not decode it'))
    })
  })
  return { tiff, hasAlpha }
}

/** Whether every top-level box (ISO/IEC 14496-12 4.2) ends inside the file. */
function hasAllBoxes(file: Buffer): boolean {
  let at = 0
  while (at + 8 <= file.length) {
    const short = file.readUInt32BE(at)
    // 0: up to the end of the file. 1: the size follows in 64 bits.
    if (short === 0) return true
    const long = short === 1 && at + 16 <= file.length
    const size = long ? Number(file.readBigUInt64BE(at + 8)) : short
    if (size < 8) return false
    at += size
  }
  return at === file.length
}
