import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { inspectFile, readFacts } from './inspect-file.ts'
import { MediaRefused } from './media-refused.ts'
import { makePhoto, makePngBomb, makeVideo, turnVideo } from './test-files.ts'

const shared = join(import.meta.dirname, '../../../../shared/media')

// Each step is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let folder: string
let photo: Buffer
let video: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-inspect-'))
  photo = await makePhoto()
  await makeVideo(join(folder, 'video.mp4'), { seconds: 6 })
  video = await readFile(join(folder, 'video.mp4'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function fileOf(content: Buffer | string): Promise<string> {
  const path = join(folder, 'upload')
  await writeFile(path, content)
  return path
}

async function refusalOf(content: Buffer | string, declaredName?: string): Promise<MediaRefused> {
  const fault = await inspectFile(await fileOf(content), { declaredName }).catch((one) => one)
  expect(fault).toBeInstanceOf(MediaRefused)
  return fault
}

describe('a picture', () => {
  const red = { create: { width: 40, height: 30, channels: 3, background: 'red' } } as const
  const formats = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const

  it.each(formats)('in %s is recognised by its bytes, whatever its name', async (format) => {
    const bytes = await sharp(red).toFormat(format).toBuffer()
    const facts = await inspectFile(await fileOf(bytes), { declaredName: 'clip.mp4' })
    expect(facts).toMatchObject({ kind: 'image', format, width: 40, height: 30, animated: false })
    expect(facts.mismatch).toContain(format.toUpperCase())
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('with EXIF orientation %i has its upright size', async (n) => {
    const facts = await readFacts(await fileOf(await makePhoto(n)), { declaredName: 'a.jpg' })
    expect(facts).toMatchObject({ width: 300, height: 200 })
    expect(facts).not.toHaveProperty('mismatch')
  })

  it('that moves, or is see-through, says so', async () => {
    const frames = [red, { create: { ...red.create, background: 'blue' } } as const]
    const gif = await sharp(await Promise.all(frames.map((one) => sharp(one).png().toBuffer())), {
      join: { animated: true },
    })
      .gif()
      .toBuffer()
    expect(await readFacts(await fileOf(gif))).toMatchObject({ animated: true })
    const png = await sharp({ create: { ...red.create, channels: 4, background: '#f008' } })
      .png()
      .toBuffer()
    expect(await readFacts(await fileOf(png))).toMatchObject({ hasAlpha: true, animated: false })
  })
})

describe('a video', () => {
  it('is described as it is shown, turned and all', async () => {
    const path = join(folder, 'turned.mp4')
    await writeFile(path, video)
    await turnVideo(path, 90)
    expect(await inspectFile(path, { declaredName: 'IMG_1.MOV' })).toEqual({
      kind: 'video',
      format: 'mp4',
      bytes: video.length,
      width: 240,
      height: 320,
      durationMs: 6000,
      frameRate: 30,
      videoCodec: 'h264',
      audioCodec: 'aac',
      rotation: 90,
    })
  })

  it('without sound has no audio codec; WebM and MOV are told apart from MP4', async () => {
    const webm = join(folder, 'a.webm')
    await makeVideo(webm, { seconds: 1, sound: false, format: 'webm', codecs: 'vp9-opus' })
    const facts = await inspectFile(webm, { declaredType: 'image/png' })
    expect(facts).toMatchObject({ format: 'webm', videoCodec: 'vp9' })
    expect(facts).not.toHaveProperty('audioCodec')
    expect(facts.mismatch).toContain('image/png')
    const mov = join(folder, 'a.mov')
    await makeVideo(mov, { seconds: 1, format: 'mov' })
    expect(await inspectFile(mov)).toMatchObject({ format: 'mov', videoCodec: 'h264' })
  })
})

describe('a file is refused, in words,', () => {
  const zipEnd = Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1')
  const gifScript = 'GIF89a/*\0\0*/=1;<script>alert(1)</script>'
  const notMedia: [string, Buffer | string, string][] = [
    ['a web page', '<!DOCTYPE html><script>alert(1)</script>', 'a.jpg'],
    [
      'an SVG',
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
      'a.png',
    ],
    ['a bare SVG', '<svg onload="x()"/>', 'a.svg'],
    ['a Windows program', 'MZ\x90\0', 'a.jpg'],
    ['a Linux program', '\x7fELF', 'a.mp4'],
    ['a script', '#!/bin/sh\nrm -rf /', 'a.jpg'],
    ['an archive', 'PK\x03\x04', 'a.jpg'],
    ['a PDF', '%PDF-1.7', 'a.jpg'],
    ['text', 'hello', 'a.jpg'],
    ['one byte', '\xff', 'a.jpg'],
    ['a playlist that names other files', '#EXTM3U\n#EXT-X-ENDLIST\nfile:///etc/passwd', 'a.mp4'],
    ['a concat script', 'ffconcat version 1.0\nfile /etc/passwd', 'a.mp4'],
  ]
  it.each(notMedia)('when it is %s', async (_name, content, name) => {
    const refused = await refusalOf(content, name)
    expect(refused).toMatchObject({ reason: 'not_media', code: 'unsupported_media' })
    expect(refused.message).toMatch(/not a picture or a video/)
    expect(refused.fix).toMatch(/Upload a JPEG/)
  })

  const unreadable: [string, string][] = [
    ['AVI', 'RIFF\0\0\0\0AVI LIST'],
    ['JPEG XL', '\xff\x0a\0\0'],
    ['Photoshop', '8BPS\0\x01'],
    ['MP3', 'ID3\x04'],
    ['Canon raw', '\0\0\0\x18ftypcrx \0\0\0\x01crx isom'],
  ]
  it.each(unreadable)('when it is %s, with what to export instead', async (_name, head) => {
    const refused = await refusalOf(Buffer.from(head, 'latin1'))
    expect(refused).toMatchObject({ reason: 'unsupported_format' })
    expect(refused.fix).toMatch(/Export it as JPEG/)
  })

  it('when it is empty', async () => {
    expect(await refusalOf('')).toMatchObject({ reason: 'empty' })
  })

  it('when a picture is also something else', async () => {
    const polyglots = [
      Buffer.from(gifScript, 'latin1'),
      Buffer.concat([photo, Buffer.from('PK\x03\x04evil'), zipEnd]),
      Buffer.concat([
        photo.subarray(0, 2),
        Buffer.from([0xff, 0xfe, 0, 9]),
        Buffer.from('%PDF-1.'),
        photo.subarray(2),
      ]),
      Buffer.concat([
        photo.subarray(0, 2),
        Buffer.from([0xff, 0xfe, 0, 10]),
        Buffer.from('<script>'),
        photo.subarray(2),
      ]),
    ]
    for (const polyglot of polyglots) {
      expect(await refusalOf(polyglot)).toMatchObject({ reason: 'hidden_content' })
    }
  })

  it('when it would unpack to more than the memory holds, before it is unpacked', async () => {
    for (const [width, height] of [
      [12_001, 12_000],
      [100_000, 100_000],
    ] as const) {
      const path = await fileOf(await makePngBomb(width, height))
      await expect(readFacts(path)).rejects.toMatchObject({ reason: 'too_many_pixels' })
    }
    const honest = await makePngBomb(12_000, 12_000)
    expect(await readFacts(await fileOf(honest))).toMatchObject({ width: 12_000 })
    expect(await refusalOf(honest)).toMatchObject({ reason: 'corrupt_image' })
  })

  it('when it is over the limit for its kind', async () => {
    const heavy = Buffer.concat([photo, Buffer.alloc(60 * 1024 * 1024)])
    expect(await refusalOf(heavy)).toMatchObject({ reason: 'image_too_large', code: 'too_large' })
  })

  it.each(['jpeg', 'png', 'webp', 'tiff', 'gif', 'avif'] as const)(
    'when %s is cut off',
    async (format) => {
      const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
      const picture = sharp({
        create: { width: 400, height: 300, channels: 3, background: '#888', noise },
      })
      const bytes = await picture.toFormat(format).toBuffer()
      const cut = await refusalOf(bytes.subarray(0, Math.floor(bytes.length * 0.6)))
      expect(cut).toMatchObject({ reason: 'corrupt_image' })
      expect(cut.message).toMatch(/damaged or incomplete/)
    },
  )

  it('when a video is cut off, wherever its index stands', async () => {
    const path = join(folder, 'first.mp4')
    await makeVideo(path, { seconds: 9, index: 'first' })
    const indexFirst = await readFile(path)
    const webm = join(folder, 'cut.webm')
    await makeVideo(webm, { seconds: 6, format: 'webm', codecs: 'vp9-opus' })
    for (const whole of [video, indexFirst, await readFile(webm)]) {
      for (const share of [0.02, 0.5, 0.75]) {
        const refused = await refusalOf(whole.subarray(0, Math.floor(whole.length * share)))
        expect(refused, `${share}`).toMatchObject({ reason: 'corrupt_video' })
      }
    }
  })

  it('when a video holds noise where pictures should be', async () => {
    const noise = Buffer.from(video)
    for (let at = 64; at < noise.indexOf('moov') - 8; at += 1) noise[at] = (at * 7919) & 255
    expect(await refusalOf(noise)).toMatchObject({ reason: 'corrupt_video' })
  })

  it('when it has sound only', async () => {
    const silent = Buffer.from(video)
    // The picture track becomes one of a kind that nobody knows.
    silent.write('xxxx', silent.indexOf('vide', silent.indexOf('hdlr')))
    expect(await refusalOf(silent)).toMatchObject({ reason: 'no_video' })
  })
})

describe.skipIf(!existsSync(shared))(
  'files as people really have them (needs ../shared/media)',
  () => {
    it('are all taken, with upright sizes', async () => {
      const sizes: Record<string, string> = {}
      for (const kind of ['photos', 'videos']) {
        for (const name of await readdir(join(shared, kind))) {
          const facts = await inspectFile(join(shared, kind, name), { declaredName: name })
          expect(facts, name).not.toHaveProperty('mismatch')
          sizes[name] = `${facts.format} ${facts.width}x${facts.height}`
        }
      }
      expect(sizes).toMatchObject({
        'iphone-13.heic': 'heic 3024x4032',
        'landscape-orientation-6.jpg': 'jpeg 1800x1200',
        'portrait-orientation-8.jpg': 'jpeg 1200x1800',
        'scan.tiff': 'tiff 196x257',
        'elf.webm': 'webm 720x480',
        'crystal.mp4': 'mp4 720x480',
      })
    })

    it('are refused when cut off', async () => {
      for (const name of [
        'photos/iphone-13.heic',
        'photos/nokia-phone.jpg',
        'photos/logo-alpha.png',
        'videos/elf.webm',
        'videos/frog.mp4',
      ]) {
        const bytes = await readFile(join(shared, name))
        const refused = await refusalOf(bytes.subarray(0, Math.floor(bytes.length * 0.7)))
        expect(refused.reason, name).toMatch(/^corrupt_(image|video)$/)
      }
    })
  },
)
