import { Muxer } from 'node-av/api'
import { AVFMT_FLAG_BITEXACT } from 'node-av/constants'
import type { Packet, Stream } from 'node-av/lib'
import type { OpenedVideo } from './open-video.ts'
import { nalLengthSize, stripUserData, withoutSeiArrays } from './strip-user-data.ts'

/** How new MP4s are opened: index first, no program names, no dates. */
export function openMp4(path: string): Promise<Muxer> {
  return Muxer.open(path, {
    format: 'mp4',
    options: { movflags: '+faststart' },
    configure: (context) => context.setFlags(AVFMT_FLAG_BITEXACT),
  })
}

/**
 * Copies the first video and audio stream into a new MP4. All else stays behind: tags, places,
 * dates, chapters, and the data tracks in which phones and action cameras keep their path. The
 * display matrix (how to turn the picture) comes along.
 */
export async function copyStreams(
  { input, video, audio, codec, durationMs }: OpenedVideo,
  output: string,
  onProgress: (progress: number) => void,
): Promise<void> {
  await using muxer = await openMp4(output)
  const indexes = new Map<number, number>()
  for (const stream of audio ? [video, audio] : [video]) {
    // Tags of a stream (language, handler, dates) would be copied with it.
    stream.metadata = null
    if (stream === video && codec === 'h265') prepareHevc(stream)
    indexes.set(stream.index, muxer.addStream(stream))
  }
  const lengthSize = codec === 'other' ? undefined : nalLengthSize(video.codecpar.extradata, codec)
  const { num, den } = video.timeBase
  for await (using packet of input.packets()) {
    if (!packet) break
    const index = indexes.get(packet.streamIndex)
    if (index === undefined) continue
    if (packet.streamIndex === video.index) {
      onProgress(Math.min(0.99, ((Number(packet.dts) * num) / den / durationMs) * 1000))
      if (packet.data && codec !== 'other' && lengthSize !== undefined) {
        const stripped = stripUserData(packet.data, codec, lengthSize)
        if (stripped.length === 0) continue
        if (stripped.length !== packet.data.length) replaceData(packet, stripped)
      }
    }
    await muxer.writePacket(packet, index)
  }
  await muxer.close()
}

/** `hvc1` is the tag that Apple's players and the networks know; `hev1` they do not play. */
function prepareHevc({ codecpar }: Stream): void {
  codecpar.codecTag = 'hvc1'
  if (codecpar.extradata) codecpar.extradata = withoutSeiArrays(codecpar.extradata)
}

/** Setting a packet's data empties all its other fields. */
function replaceData(packet: Packet, data: Buffer): void {
  const { pts, dts, duration, flags, streamIndex, timeBase } = packet
  packet.data = data
  Object.assign(packet, { pts, dts, duration, flags, streamIndex, timeBase })
}
