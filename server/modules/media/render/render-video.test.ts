import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { inspectFile, readFacts } from '../inspect-file.ts'
import type { VideoFormat } from '../sniff-format.ts'
import { makeHevc, makeVideo, secrets, secretTags, turnVideo } from '../test-files.ts'
import type { RenderedVideo, VideoSpec } from './job.ts'
import { render } from './render.ts'

const shared = join(import.meta.dirname, '../../../../../shared/media/videos')

/** What may stand in no prepared video: places, makers, dates, programs, and x264's note between pictures. */
const traces = [...secrets, 'location', 'com.apple', 'Apple', 'Lavf', 'x264']

const standard: VideoSpec = {
  maxBytes: 100_000_000,
  maxEdge: 1920,
  maxFrameRate: 60,
  codecs: ['h264', 'h265'],
}

// Each step is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let folder: string
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-video-'))
  await makeVideo(at('phone.mp4'), { tags: secretTags, seconds: 4 })
  await makeVideo(at('phone.mov'), { tags: secretTags, seconds: 4, format: 'mov' })
  const webm = { seconds: 3, format: 'webm', codecs: 'vp9-opus', tags: secretTags } as const
  await makeVideo(at('screen.webm'), webm)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function prepare(
  name: string,
  spec: Partial<VideoSpec> = {},
  onProgress?: (progress: number) => void,
): Promise<{ result: RenderedVideo; path: string; bytes: Buffer }> {
  const path = at(`${name}-out.mp4`)
  const format = name.split('.').at(-1) as VideoFormat
  const result = await render(
    {
      type: 'prepare-video',
      input: name.startsWith('/') ? name : at(name),
      format,
      output: path,
      spec: { ...standard, ...spec },
    },
    onProgress ? { onProgress } : {},
  )
  return { result, path, bytes: await readFile(path) }
}

/** Playable from its first bytes on, by everyone, and silent about its origin. */
async function expectAcceptable(path: string, bytes: Buffer): Promise<void> {
  const facts = await inspectFile(path)
  expect(facts).toMatchObject({ kind: 'video', format: 'mp4' })
  if (facts.kind !== 'video') return
  expect(['h264', 'h265']).toContain(facts.videoCodec)
  expect([undefined, 'aac']).toContain(facts.audioCodec)
  expect(facts.width % 2).toBe(0)
  expect(facts.height % 2).toBe(0)
  const index = bytes.indexOf('moov')
  expect(index).toBeLessThan(bytes.indexOf('mdat'))
  const header = bytes.toString('latin1', 0, bytes.indexOf('mdat'))
  expect(traces.filter((trace) => header.includes(trace))).toEqual([])
  // QuickTime's own tags (©xyz is a place, ©too a program).
  expect(header).not.toMatch(/\xa9[a-z]{3}/)
  expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([])
}

/** Pictures and sound packets, as counted by another reader than the one that wrote them. */
async function packetCounts(path: string): Promise<Record<string, number>> {
  using input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS })
  const counts: Record<string, number> = {}
  for (const track of await input.getTracks()) {
    counts[track.type] = (await track.computePacketStats()).packetCount
  }
  return counts
}

type Colour = 'red' | 'blue' | 'other'

/** Colours at places of the picture at `atMs`, each place as shares of width and height. */
async function coloursAt(
  path: string,
  atMs: number,
  places: readonly (readonly [number, number])[],
): Promise<Colour[]> {
  const output = at('frame.jpg')
  const spec = { maxEdge: 4096, maxBytes: 10_000_000 }
  await render({ type: 'video-frame', input: path, format: 'mp4', output, atMs, spec })
  const { data, info } = await sharp(output).raw().toBuffer({ resolveWithObject: true })
  return places.map(([x, y]) => {
    const pixel = Math.floor(y * info.height) * info.width + Math.floor(x * info.width)
    const [r = 0, g = 0, b = 0] = data.subarray(pixel * 3)
    if (r > 150 && g < 90 && b < 90) return 'red'
    return b > 150 && r < 90 && g < 90 ? 'blue' : 'other'
  })
}

const left = [0.2, 0.5] as const
const right = [0.8, 0.5] as const
const top = [0.5, 0.2] as const
const bottom = [0.5, 0.8] as const

describe('a prepared video', () => {
  it.each(['phone.mp4', 'phone.mov'])(
    'from %s is copied, without places, makers and dates',
    async (name) => {
      const source = await readFile(at(name))
      expect(secrets.filter((secret) => source.includes(secret))).toEqual(secrets)
      expect(source.includes('x264')).toBe(true)
      const { result, path, bytes } = await prepare(name)
      expect(result).toMatchObject({ how: 'copied', width: 320, height: 240, bytes: bytes.length })
      expect(bytes.includes('x264')).toBe(false)
      await expectAcceptable(path, bytes)
      const [before, after] = [await inspectFile(at(name)), await inspectFile(path)]
      const { format: _, bytes: __, ...same } = before
      expect(after).toMatchObject(same)
      expect(await packetCounts(path)).toEqual(await packetCounts(at(name)))
      expect(await coloursAt(path, 3900, [left, right])).toEqual(['red', 'blue'])
    },
  )

  it('from WebM is transcoded, with progress up to the end', async () => {
    const progress: number[] = []
    const { result, path, bytes } = await prepare('screen.webm', {}, (one) => progress.push(one))
    expect(result).toMatchObject({ how: 'transcoded', width: 320, height: 240 })
    await expectAcceptable(path, bytes)
    expect(await inspectFile(path)).toMatchObject({
      videoCodec: 'h264',
      audioCodec: 'aac',
      frameRate: 30,
    })
    expect(progress.length).toBeGreaterThan(10)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(progress.at(-1)).toBeGreaterThan(0.9)
    expect(await coloursAt(path, 1000, [left, right])).toEqual(['red', 'blue'])
  })

  const turns = [
    [90, [top, 'red'], [bottom, 'blue']],
    [180, [left, 'blue'], [right, 'red']],
    [270, [top, 'blue'], [bottom, 'red']],
  ] as const
  it.each(turns)(
    'is upright, copied or transcoded, when it was turned by %i',
    async (degrees, one, other) => {
      await writeFile(at('turned.mp4'), await readFile(at('phone.mp4')))
      await turnVideo(at('turned.mp4'), degrees)
      const shown = degrees === 180 ? { width: 320, height: 240 } : { width: 240, height: 320 }
      for (const spec of [{}, { trim: { startMs: 0, endMs: 2000 } }]) {
        const { result, path } = await prepare('turned.mp4', spec)
        expect(result).toMatchObject({ ...shown, how: 'trim' in spec ? 'transcoded' : 'copied' })
        const facts = await inspectFile(path)
        expect(facts).toMatchObject({ ...shown, rotation: 'trim' in spec ? 0 : degrees })
        expect(await coloursAt(path, 500, [one[0], other[0]])).toEqual([one[1], other[1]])
      }
    },
    20_000,
  )

  it('is trimmed, framed with bars or cut, and kept under a byte limit', async () => {
    const padded = await prepare('phone.mp4', {
      trim: { startMs: 1500, endMs: 3500 },
      frame: { ratio: 0.5, fit: 'pad', background: '#0000ff' },
    })
    expect(padded.result).toMatchObject({ width: 320, height: 640, durationMs: 2000 })
    const facts = await inspectFile(padded.path)
    expect(facts).toMatchObject({ width: 320, height: 640 })
    expect(Math.abs((facts.kind === 'video' ? facts.durationMs : 0) - 2000)).toBeLessThan(70)
    expect(await coloursAt(padded.path, 1000, [[0.2, 0.1], left])).toEqual(['blue', 'red'])
    const cut = await prepare('phone.mp4', { frame: { ratio: 1, fit: 'crop' }, maxBytes: 200_000 })
    expect(cut.result).toMatchObject({ width: 240, height: 240 })
    expect(cut.bytes.length).toBeLessThanOrEqual(200_000)
    await expectAcceptable(cut.path, cut.bytes)
    await expect(prepare('phone.mp4', { maxBytes: 20_000 })).rejects.toMatchObject({
      reason: 'too_long_for_size',
    })
    expect(existsSync(at('phone.mp4-out.mp4'))).toBe(false)
  })

  it('has even sizes within the edge, and no more frames a second than allowed', async () => {
    const odd = { width: 322, height: 241, seconds: 1, format: 'webm', codecs: 'vp9-opus' } as const
    await makeVideo(at('odd.webm'), { ...odd, rate: 90, sound: false })
    const { path, bytes } = await prepare('odd.webm')
    await expectAcceptable(path, bytes)
    const facts = await inspectFile(path)
    expect(facts).toMatchObject({ width: 322, height: 240 })
    expect(facts.kind === 'video' && facts.frameRate).toBeLessThanOrEqual(62)
    const small = await prepare('phone.mp4', { maxEdge: 160 })
    expect(small.result).toMatchObject({ how: 'transcoded', width: 160, height: 120 })
  })
})

describe('H.265, as phones record it,', () => {
  const hvc1 = (bytes: Buffer) => bytes.includes('hvc1') && !bytes.includes('hev1')

  it('is copied where it is taken, under the name that players know, else transcoded', async () => {
    await makeHevc(at('hevc.mp4'), '#c08040', false)
    expect((await readFile(at('hevc.mp4'))).includes('x265')).toBe(true)
    const copied = await prepare('hevc.mp4')
    expect(copied.result.how).toBe('copied')
    expect(hvc1(copied.bytes)).toBe(true)
    expect(copied.bytes.includes('x265')).toBe(false)
    await expectAcceptable(copied.path, copied.bytes)
    expect(await packetCounts(copied.path)).toEqual({ video: 30 })
    const changed = await prepare('hevc.mp4', { codecs: ['h264'] })
    expect(changed.result.how).toBe('transcoded')
    expect(await readFacts(changed.path)).toMatchObject({ videoCodec: 'h264' })
  })

  it('in HDR comes out with ordinary colours', async () => {
    await makeHevc(at('hdr.mp4'), '#c08040', true)
    const { result, path } = await prepare('hdr.mp4')
    expect(result.how).toBe('transcoded')
    const output = at('hdr.jpg')
    const spec = { maxEdge: 320, maxBytes: 100_000 }
    for (const input of [at('hdr.mp4'), path]) {
      await render({ type: 'video-frame', input, format: 'mp4', output, atMs: 500, spec })
      const pixel = await sharp(output).resize(1, 1).raw().toBuffer()
      const difference = [192, 128, 64].map((want, channel) =>
        Math.abs(want - (pixel[channel] ?? 0)),
      )
      expect(Math.max(...difference)).toBeLessThan(14)
    }
  })
})

describe('a frame of a video', () => {
  it('is taken at a time, upright, also at and beyond the end', async () => {
    await writeFile(at('turned.mp4'), await readFile(at('phone.mp4')))
    await turnVideo(at('turned.mp4'), 90)
    const output = at('poster.jpg')
    const spec = { maxEdge: 160, maxBytes: 100_000 }
    for (const atMs of [0, 2500, 4000, 99_000]) {
      const frame = await render({
        type: 'video-frame',
        input: at('turned.mp4'),
        format: 'mp4',
        output,
        atMs,
        spec,
      })
      expect(frame).toMatchObject({ format: 'jpeg', width: 120, height: 160 })
      expect(await coloursAt(at('turned.mp4'), atMs, [top, bottom])).toEqual(['red', 'blue'])
    }
  })

  it('is refused for a file that holds no picture', async () => {
    const bytes = await readFile(at('phone.mp4'))
    await writeFile(at('broken.mp4'), bytes.subarray(0, 2000))
    const spec = { maxEdge: 160, maxBytes: 100_000 }
    const frame = render({
      type: 'video-frame',
      input: at('broken.mp4'),
      format: 'mp4',
      output: at('x.jpg'),
      atMs: 0,
      spec,
    })
    await expect(frame).rejects.toMatchObject({ reason: 'corrupt_video' })
    await expect(prepare('broken.mp4')).rejects.toMatchObject({ reason: 'corrupt_video' })
  })
})

describe.skipIf(!existsSync(shared))('videos as people have them (needs ../shared/media)', () => {
  it('all become acceptable MP4s with a cover', async () => {
    for (const name of await readdir(shared)) {
      const format = name.split('.').at(-1) as VideoFormat
      const input = join(shared, name)
      const output = at('shared-out.mp4')
      const result = await render({ type: 'prepare-video', input, format, output, spec: standard })
      expect(result.how, name).toBe(format === 'mp4' ? 'copied' : 'transcoded')
      await expectAcceptable(output, await readFile(output))
      const before = await readFacts(input)
      const after = await readFacts(output)
      const [video, whole] = [await packetCounts(output), await packetCounts(input)]
      expect(video.video, name).toBe(whole.video)
      if (before.kind !== 'video' || after.kind !== 'video') throw new Error(`${name} is no video`)
      expect(Math.abs(before.durationMs - after.durationMs), name).toBeLessThan(150)
      const spec = { maxEdge: 1080, maxBytes: 1_000_000 }
      const cover = {
        type: 'video-frame',
        input,
        format,
        output: at('cover.jpg'),
        atMs: 1000,
        spec,
      } as const
      expect(await render(cover)).toMatchObject({ width: before.width, height: before.height })
    }
  })
})
