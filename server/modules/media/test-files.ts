/** Files for tests, made by code: what people upload, and what attackers do. */
import { readFile, writeFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { Decoder, Demuxer, Encoder, FilterAPI, Muxer } from 'node-av/api'
import {
  AV_LOG_ERROR,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBOPUS,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
  type FFAudioEncoder,
  type FFVideoEncoder,
} from 'node-av/constants'
import { Dictionary, Log } from 'node-av/lib'
import sharp from 'sharp'

type VideoWishes = {
  /** Even or odd; halves are red (left) and blue (right). */
  width?: number
  height?: number
  seconds?: number
  rate?: number
  codecs?: 'h264-aac' | 'vp9-opus'
  sound?: boolean
  /** Container tags; places and dates are what must not get through. */
  tags?: Record<string, string>
  format?: 'mp4' | 'mov' | 'webm'
  /** Where the index stands: `first` is a file fit for streaming. */
  index?: 'first' | 'last'
}

/** Writes a video, red on the left and blue on the right, with a sine tone. */
export async function makeVideo(path: string, wishes: VideoWishes = {}): Promise<void> {
  const { width = 320, height = 240, seconds = 5, rate = 30, sound = true } = wishes
  const { codecs = 'h264-aac', tags = {}, format = 'mp4', index = 'last' } = wishes
  Log.setLevel(AV_LOG_ERROR)
  const half = (colour: string) => `color=${colour}:s=${width / 2}x${height}:r=${rate}:d=${seconds}`
  const picture = `${half('red')}[a];${half('blue')}[b];[a][b]hstack[out0]`
  const tone = `sine=frequency=440:duration=${seconds}[out1]`
  await using input = await Demuxer.open(sound ? `${picture};${tone}` : picture, {
    format: 'lavfi',
  })
  const movflags = `use_metadata_tags${index === 'first' ? '+faststart' : ''}`
  const options = format === 'webm' ? {} : { options: { movflags } }
  await using muxer = await Muxer.open(path, {
    format,
    ...options,
    configure(context) {
      context.metadata = Dictionary.fromObject(tags)
    },
  })
  const [videoCodec, audioCodec]: [FFVideoEncoder, FFAudioEncoder] =
    codecs === 'h264-aac'
      ? [FF_ENCODER_LIBX264, FF_ENCODER_AAC]
      : [FF_ENCODER_LIBVPX_VP9, FF_ENCODER_LIBOPUS]
  const lanes = await Promise.all(
    input.streams.map(async (stream, at) => {
      const decoder = await Decoder.create(stream)
      const encoder = await Encoder.create(at === 0 ? videoCodec : audioCodec, {
        decoder,
        gopSize: 30,
        autoResample: true,
      })
      return { decoder, encoder, index: muxer.addStream(encoder) }
    }),
  )
  for await (using packet of input.packets()) {
    for (const [at, { decoder, encoder, index }] of lanes.entries()) {
      if (packet && packet.streamIndex !== at) continue
      const frames = await decoder.decodeAll(packet)
      for (const frame of packet ? frames : [...frames, null]) {
        for (const encoded of await encoder.encodeAll(frame))
          await muxer.writePacket(encoded, index)
      }
    }
    if (!packet) break
  }
  await muxer.close()
}

/**
 * Writes one second of a plain colour in H.265: as ordinary video, or as the HDR (HLG, 10 bits) that
 * phones record, with white at 203 nits.
 */
export async function makeHevc(path: string, colour: string, hdr: boolean): Promise<void> {
  Log.setLevel(AV_LOG_ERROR)
  const toHlg = 'zscale=t=arib-std-b67:m=bt2020nc:p=bt2020:r=tv:npl=203,format=yuv420p10le'
  const bt709 =
    'scale=out_color_matrix=bt709,format=yuv444p,setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv'
  await using input = await Demuxer.open(`color=${colour}:s=320x240:r=30:d=1`, { format: 'lavfi' })
  const stream = input.video()
  if (!stream) throw new Error('lavfi gave no picture')
  using decoder = await Decoder.create(stream)
  using filter = FilterAPI.create(`${bt709},${hdr ? toHlg : 'format=yuv420p'}`)
  const options = { preset: 'ultrafast', 'x265-params': 'log-level=error' }
  using encoder = await Encoder.create(FF_ENCODER_LIBX265, { decoder, filter, options })
  await using muxer = await Muxer.open(path, { format: 'mp4' })
  const index = muxer.addStream(encoder)
  const frames = filter.frames(decoder.frames(input.packets()))
  for await (using packet of encoder.packets(frames)) await muxer.writePacket(packet, index)
  await muxer.close()
}

const matrices = {
  90: [0, 1, 0, -1, 0, 0, 0, 0, 16384],
  180: [-1, 0, 0, 0, -1, 0, 0, 0, 16384],
  270: [0, -1, 0, 1, 0, 0, 0, 0, 16384],
} as const

/** Tells players to turn the first track clockwise, as a phone held upright does (`tkhd` version 0). */
export async function turnVideo(path: string, degrees: 90 | 180 | 270): Promise<void> {
  const file = await readFile(path)
  // Of every track: which of them comes first is the muxer's affair.
  for (let box = file.indexOf('tkhd'); box !== -1; box = file.indexOf('tkhd', box + 4)) {
    for (const [index, value] of matrices[degrees].entries()) {
      file.writeInt32BE(value * 65536, box + 44 + index * 4)
    }
  }
  await writeFile(path, file)
}

/** What must never reach a network: each is in `makePhoto`'s result and `makeVideo`'s with `secretTags`. */
export const secrets = ['CanaryMaker', 'CanaryOwner', '+48.2082', 'CanaryXmp']

export const secretTags = {
  location: '+48.2082+016.3738/',
  'com.apple.quicktime.location.ISO6709': '+48.2082+016.3738+200/',
  'com.apple.quicktime.make': 'CanaryMaker',
  artist: 'CanaryOwner',
  comment: 'CanaryXmp',
  creation_time: '2024-05-06T07:08:09Z',
}

/** A photo as a phone makes it: red left, blue right, upright 300 x 200, with all that it tells about its owner. */
export async function makePhoto(orientation = 1): Promise<Buffer> {
  const half = { width: 150, height: 200, channels: 3, background: '#e02020' } as const
  const upright = sharp({ create: { ...half, width: 300, background: '#2020e0' } })
    .composite([{ input: { create: half }, left: 0, top: 0 }])
    .png()
  const stored = await storeTurned(await upright.toBuffer(), orientation)
  return sharp(stored)
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .withExif({
      IFD0: { Make: 'CanaryMaker', Artist: 'CanaryOwner' },
      IFD2: { UserComment: 'CanaryOwner' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '48/1 12/1 29/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '16/1 22/1 25/1',
      },
    })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>CanaryXmp +48.2082</rdf:RDF></x:xmpmeta>`,
    )
    .withMetadata({ orientation })
    .toBuffer()
}

/** The opposite of what EXIF orientation asks a viewer to do (TIFF 6.0, tag 274). */
async function storeTurned(upright: Buffer, orientation: number): Promise<Buffer> {
  const flop = (png: Buffer) => sharp(png).flop().png().toBuffer()
  const rotate = (png: Buffer, degrees: number) => sharp(png).rotate(degrees).png().toBuffer()
  const turns: Record<number, (png: Buffer) => Promise<Buffer>> = {
    2: flop,
    3: (png) => rotate(png, 180),
    4: async (png) => rotate(await flop(png), 180),
    5: async (png) => rotate(await flop(png), 270),
    6: (png) => rotate(png, 270),
    7: async (png) => rotate(await flop(png), 90),
    8: (png) => rotate(png, 90),
  }
  return (await turns[orientation]?.(upright)) ?? upright
}

/** A PNG whose header claims `width` x `height`, with next to no bytes behind it. */
export async function makePngBomb(width: number, height: number): Promise<Buffer> {
  const small = { width: 8, height: 8, channels: 3, background: 'red' } as const
  const png = await sharp({ create: small }).png().toBuffer()
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  png.writeInt32BE(crc32(png.subarray(12, 29)) | 0, 29)
  return png
}
