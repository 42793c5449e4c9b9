export type ImageHeader = { type: 'jpeg' | 'png'; width: number; height: number }

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const PNG_END = Buffer.from('IEND')
const JPEG_END = Buffer.from([0xff, 0xd9])

/**
 * What an image is, read from its bytes: type, size in pixels as stored, and whether its end is there.
 * Nothing is decoded, so that a thousand pins a minute cost next to nothing. Undefined when the bytes
 * are not a whole JPEG or PNG.
 */
export function readImageHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return pngHeader(bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegHeader(bytes)
  return undefined
}

function pngHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 45 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined
  if (bytes.lastIndexOf(PNG_END) < 33) return undefined
  return sized('png', bytes.readUInt32BE(16), bytes.readUInt32BE(20))
}

/** Walks the segments up to the first frame header (SOF0 to SOF15 without DHT, JPG and DAC). */
function jpegHeader(bytes: Buffer): ImageHeader | undefined {
  if (bytes.lastIndexOf(JPEG_END) < 4) return undefined
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return sized('jpeg', bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5))
    if (marker === 0xda) return undefined
    const hasNoLength = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
    at += hasNoLength ? 2 : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

function sized(type: ImageHeader['type'], width: number, height: number): ImageHeader | undefined {
  return width > 0 && height > 0 ? { type, width, height } : undefined
}
