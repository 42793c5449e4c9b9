/** Free-form data that cameras and drones hide between pictures, taken out without decoding. */

type NalCodec = 'h264' | 'h265'

/** Bytes of a unit's length field, from the decoder configuration; undefined when units are not so stored. */
export function nalLengthSize(extradata: Buffer | null, codec: NalCodec): number | undefined {
  const at = codec === 'h264' ? 4 : 21
  const value = extradata?.[at]
  // 1 is the version of avcC and hvcC (ISO/IEC 14496-15); a start code begins with 0.
  return value === undefined || extradata?.[0] !== 1 ? undefined : (value & 3) + 1
}

/**
 * Leaves out SEI units that hold only `user_data_unregistered` (payload type 5 in H.264 and H.265
 * alike): encoder notes, GPS tracks and maker data. Captions (type 4) and timing stay. Returns the
 * same buffer when there is nothing to leave out.
 */
export function stripUserData(packet: Buffer, codec: NalCodec, lengthSize: number): Buffer {
  const kept: Buffer[] = []
  let stripped = false
  for (let at = 0; at + lengthSize <= packet.length; ) {
    const end = at + lengthSize + packet.readUIntBE(at, lengthSize)
    // A broken length: leave the rest as it is, the decoder will say.
    if (end > packet.length) return packet
    const unit = packet.subarray(at + lengthSize, end)
    if (isOnlyUserData(unit, codec)) stripped = true
    else kept.push(packet.subarray(at, end))
    at = end
  }
  return stripped ? Buffer.concat(kept) : packet
}

/**
 * An H.265 decoder configuration (hvcC, ISO/IEC 14496-15 8.3.3.1) without its SEI arrays, in which
 * encoders note their settings. Anything that is not a whole hvcC comes back as it is.
 */
export function withoutSeiArrays(hvcc: Buffer): Buffer {
  const kept: Buffer[] = []
  let at = 23
  for (let array = hvcc[22] ?? 0; array > 0; array -= 1) {
    const start = at
    if (at + 3 > hvcc.length) return hvcc
    const isSei = [39, 40].includes((hvcc[at] ?? 0) & 63)
    const units = hvcc.readUInt16BE(at + 1)
    at += 3
    for (let unit = 0; unit < units; unit += 1) {
      if (at + 2 > hvcc.length) return hvcc
      at += 2 + hvcc.readUInt16BE(at)
    }
    if (at > hvcc.length) return hvcc
    if (!isSei) kept.push(hvcc.subarray(start, at))
  }
  const head = Buffer.from(hvcc.subarray(0, 23))
  head[22] = kept.length
  return Buffer.concat([head, ...kept])
}

function isOnlyUserData(unit: Buffer, codec: NalCodec): boolean {
  const first = unit[0]
  if (first === undefined) return false
  const isSei = codec === 'h264' ? (first & 31) === 6 : [39, 40].includes((first >> 1) & 63)
  if (!isSei) return false
  const types = seiPayloadTypes(withoutEmulation(unit.subarray(codec === 'h264' ? 1 : 2)))
  return types.length > 0 && types.every((type) => type === 5)
}

/** Payload types in an SEI body (H.264 7.3.2.3.1); each is type, size, bytes, until the stop bit. */
function seiPayloadTypes(body: Buffer): number[] {
  const types: number[] = []
  let at = 0
  const readNumber = () => {
    let value = 0
    while (body[at] === 255) {
      value += 255
      at += 1
    }
    value += body[at] ?? 0
    at += 1
    return value
  }
  while (at < body.length && !(at === body.length - 1 && body[at] === 0x80)) {
    types.push(readNumber())
    const size = readNumber()
    at += size
  }
  return types
}

/** Takes out the 3 of each 0 0 3, which only keeps start codes from arising. */
function withoutEmulation(bytes: Buffer): Buffer {
  const plain = Buffer.alloc(bytes.length)
  let length = 0
  let zeros = 0
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0
      continue
    }
    zeros = byte === 0 ? zeros + 1 : 0
    plain[length] = byte
    length += 1
  }
  return plain.subarray(0, length)
}
