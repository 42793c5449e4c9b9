import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nalLengthSize, stripUserData, withoutSeiArrays } from './strip-user-data.ts'

/** A unit with its 4-byte length before it. */
function unit(...bytes: number[]): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, Buffer.from(bytes)])
}

const secret = [...Buffer.from('GPS 48.2 16.4')]
const picture = unit(0x65, 1, 2, 3)
const userData = unit(6, 5, secret.length, ...secret, 0x80)
const captions = unit(6, 4, 3, 0xb5, 0, 0x31, 0x80)
const captionsAndUserData = unit(6, 4, 1, 0xb5, 5, 1, 7, 0x80)
const longUserData = unit(6, 5, 255, 45, ...Array(300).fill(7), 0x80)
const hevcPicture = unit(0x26, 1, 9, 9)
const hevcUserData = unit(0x4e, 1, 5, 2, 7, 7, 0x80)

describe('user data between pictures', () => {
  it('is left out of H.264 and H.265, whatever its length', () => {
    const packet = Buffer.concat([userData, longUserData, picture])
    expect(stripUserData(packet, 'h264', 4)).toEqual(picture)
    const hevc = Buffer.concat([hevcUserData, hevcPicture, hevcUserData])
    expect(stripUserData(hevc, 'h265', 4)).toEqual(hevcPicture)
  })

  it('is found behind emulation bytes', () => {
    // Payload 5 of 6 bytes, written as 7: 0 0 3 0 0 3 1 holds 0 0 0 0 1.
    const escaped = unit(6, 5, 5, 0, 0, 3, 0, 0, 3, 1, 0x80)
    expect(stripUserData(Buffer.concat([escaped, picture]), 'h264', 4)).toEqual(picture)
  })

  it('leaves captions and all else untouched, as the same buffer', () => {
    for (const packet of [picture, captions, Buffer.concat([captionsAndUserData, picture])]) {
      expect(stripUserData(packet, 'h264', 4)).toBe(packet)
    }
  })

  it('never throws nor grows, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(1, 2, 3, 4), (bytes, size) => {
        const stripped = stripUserData(Buffer.from(bytes), 'h264', size)
        expect(stripped.length).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })

  it('is left out of the H.265 configuration, and a broken one is left alone', () => {
    const head = Buffer.alloc(23)
    head[22] = 3
    const arrays = [
      [0x20, 0, 1, 0, 2, 1, 2],
      [0xa7, 0, 1, 0, 3, 9, 9, 9],
      [0x22, 0, 2, 0, 1, 7, 0, 1, 8],
    ].map((bytes) => Buffer.from(bytes))
    const whole = Buffer.concat([head, ...arrays])
    const stripped = withoutSeiArrays(whole)
    expect(stripped[22]).toBe(2)
    expect(stripped.subarray(23)).toEqual(Buffer.concat([arrays[0]!, arrays[2]!]))
    expect(withoutSeiArrays(whole.subarray(0, -1))).toEqual(whole.subarray(0, -1))
  })

  it('is only looked for where units have lengths', () => {
    const avcC = Buffer.from([1, 0x64, 0, 31, 0xff])
    expect(nalLengthSize(avcC, 'h264')).toBe(4)
    expect(nalLengthSize(Buffer.from([0, 0, 0, 1, 0x67]), 'h264')).toBeUndefined()
    expect(nalLengthSize(null, 'h265')).toBeUndefined()
  })
})
