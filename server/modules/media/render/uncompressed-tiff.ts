/** Pixels with their colour profile in the simplest file that sharp reads (TIFF 6.0). */

const header = 8
const entries = 12

/** A TIFF of RGBA pixels, all zero as yet: the caller fills `pixels`, which lies inside `tiff`. */
export function uncompressedTiff(
  width: number,
  height: number,
  icc: Buffer | undefined,
): { tiff: Buffer; pixels: Uint8ClampedArray } {
  const directory = 2 + entries * 12 + 4
  const bitsAt = header + directory
  const iccAt = bitsAt + 8
  const profile = icc ?? Buffer.alloc(0)
  const pixelsAt = iccAt + profile.length
  const tiff = Buffer.alloc(pixelsAt + width * height * 4)
  tiff.write('II*\0', 'latin1')
  tiff.writeUInt32LE(header, 4)
  const tags: [tag: number, type: 3 | 4 | 7, count: number, value: number][] = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, 4, bitsAt],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [273, 4, 1, pixelsAt],
    [277, 3, 1, 4],
    [278, 4, 1, height],
    [279, 4, 1, width * height * 4],
    [284, 3, 1, 1],
    // Unassociated alpha.
    [338, 3, 1, 2],
    ...(icc ? [[34675, 7, icc.length, iccAt] as [number, 7, number, number]] : []),
  ]
  tiff.writeUInt16LE(tags.length, header)
  for (const [index, [tag, type, count, value]] of tags.entries()) {
    const at = header + 2 + index * 12
    tiff.writeUInt16LE(tag, at)
    tiff.writeUInt16LE(type, at + 2)
    tiff.writeUInt32LE(count, at + 4)
    tiff.writeUInt32LE(value, at + 8)
  }
  for (let channel = 0; channel < 4; channel += 1) tiff.writeUInt16LE(8, bitsAt + channel * 2)
  profile.copy(tiff, iccAt)
  return { tiff, pixels: new Uint8ClampedArray(tiff.buffer, tiff.byteOffset + pixelsAt) }
}
