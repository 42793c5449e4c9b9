import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { RenderFailed } from '../media-refused.ts'
import type { ImageFormat } from '../sniff-format.ts'
import { makePhoto, secrets } from '../test-files.ts'
import type { ImageSpec } from './job.ts'
import { render } from './render.ts'
import { uncompressedTiff } from './uncompressed-tiff.ts'

const shared = join(import.meta.dirname, '../../../../../shared/media/photos')

/** What tells that metadata is in a file, wherever it stands: XMP, IPTC, profiles and makers' names. */
const traces = [
  'http://ns.adobe.com/xap',
  'xmpmeta',
  'Photoshop',
  'ICC_PROFILE',
  'Apple',
  'Nikon',
  'NIKON',
  'Nokia',
  'Jolla',
  'iPhone',
  ...secrets,
]

// Each step is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let folder: string
const standard: ImageSpec = { maxEdge: 4096, maxBytes: 20_000_000 }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avow-render-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function prepare(input: string | Buffer, format: ImageFormat, spec: Partial<ImageSpec> = {}) {
  const path = typeof input === 'string' ? input : join(folder, 'input')
  if (typeof input !== 'string') await writeFile(path, input)
  const output = join(folder, 'output')
  const result = await render({
    type: 'prepare-image',
    input: path,
    format,
    output,
    spec: { ...standard, ...spec },
  })
  return { result, bytes: await readFile(output) }
}

function expectClean(bytes: Buffer, name: string): void {
  const text = bytes.toString('latin1')
  expect(
    traces.filter((trace) => text.includes(trace)),
    name,
  ).toEqual([])
}

/** Colours of a 6 x 4 version; pictures that show the same differ by little. */
async function smallPixels(bytes: Buffer | string): Promise<number[]> {
  const image = sharp(bytes).resize(6, 4, { fit: 'fill' }).removeAlpha()
  return [...(await image.raw().toBuffer())]
}

function meanDifference(a: number[], b: number[]): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length
}

describe('a prepared picture', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'taken with orientation %i is upright and tells nothing',
    async (n) => {
      const { result, bytes } = await prepare(await makePhoto(n), 'jpeg')
      expect(result).toMatchObject({ format: 'jpeg', width: 300, height: 200, bytes: bytes.length })
      expectClean(bytes, `orientation ${n}`)
      expect((await sharp(bytes).metadata()).orientation).toBeUndefined()
      const [left, right] = [2, 1].map((side) => side)
      expect([left, right]).toEqual([2, 1])
      const upright = await smallPixels(await makePhoto(1))
      expect(meanDifference(await smallPixels(bytes), upright)).toBeLessThan(4)
    },
  )

  it('is the same, byte by byte, each time', async () => {
    const photo = await makePhoto(6)
    const first = await prepare(photo, 'jpeg', { maxEdge: 200 })
    const second = await prepare(photo, 'jpeg', { maxEdge: 200 })
    expect(first.bytes.equals(second.bytes)).toBe(true)
    expect(first.result).toMatchObject({ width: 200, height: 133 })
  })

  it('has ordinary colours, from CMYK and wide gamut, 16 bits and grey', async () => {
    const orange = {
      create: { width: 64, height: 64, channels: 3, background: '#b08060' },
    } as const
    const sources: [ImageFormat, Buffer, number[]][] = [
      ['jpeg', await sharp(orange).toColourspace('cmyk').jpeg().toBuffer(), [176, 128, 96]],
      ['jpeg', await sharp(orange).jpeg().withIccProfile('p3').toBuffer(), [176, 128, 96]],
      ['png', await sharp(orange).toColourspace('rgb16').png().toBuffer(), [176, 128, 96]],
      ['jpeg', await sharp(orange).greyscale().jpeg().toBuffer(), [135, 135, 135]],
    ]
    for (const [format, source, colour] of sources) {
      const { bytes } = await prepare(source, format)
      const { space, channels, hasProfile } = await sharp(bytes).metadata()
      expect({ space, channels, hasProfile }).toEqual({
        space: 'srgb',
        channels: 3,
        hasProfile: false,
      })
      const pixel = await sharp(bytes).resize(1, 1).raw().toBuffer()
      expect(meanDifference([...pixel], colour)).toBeLessThan(6)
    }
  })

  it('keeps transparency only when asked, else shows the background', async () => {
    const clear = {
      create: { width: 50, height: 50, channels: 4, background: '#ff000000' },
    } as const
    const png = await sharp(clear)
      .png()
      .withExif({ IFD0: { Make: 'CanaryMaker' } })
      .toBuffer()
    const kept = await prepare(png, 'png', { keepAlpha: true })
    expect(kept.result.format).toBe('png')
    expect((await sharp(kept.bytes).stats()).isOpaque).toBe(false)
    expectClean(kept.bytes, 'png')
    const flat = await prepare(png, 'png', { background: '#00ff00' })
    expect(flat.result.format).toBe('jpeg')
    expect([...(await sharp(flat.bytes).resize(1, 1).raw().toBuffer())]).toEqual([0, 255, 1])
    const opaque = await prepare(await makePhoto(), 'jpeg', { keepAlpha: true })
    expect(opaque.result.format).toBe('jpeg')
  })

  it('is cut to the ratio around the focus, after it is turned upright', async () => {
    const photo = await makePhoto(6)
    const sides = [
      [0, 'red'],
      [1, 'blue'],
    ] as const
    for (const [x, colour] of sides) {
      const { result, bytes } = await prepare(photo, 'jpeg', {
        crop: { ratio: 2 / 3, focus: { x, y: 0.5 } },
      })
      expect(result).toMatchObject({ width: 133, height: 200 })
      const [r = 0, , b = 0] = await sharp(bytes).resize(1, 1).raw().toBuffer()
      expect(r > b ? 'red' : 'blue').toBe(colour)
    }
    const wide = await prepare(photo, 'jpeg', { crop: { ratio: 10 } })
    expect(wide.result).toMatchObject({ width: 300, height: 30 })
  })

  it('is brought under the byte limit, or the limit is told to be out of reach', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
    const busy = {
      create: { width: 1500, height: 1000, channels: 3, background: '#888', noise },
    } as const
    const png = await sharp(busy).png().toBuffer()
    for (const maxBytes of [1_000_000, 300_000, 60_000]) {
      const { result, bytes } = await prepare(png, 'png', { maxBytes })
      expect(bytes.length).toBeLessThanOrEqual(maxBytes)
      expect(result.width / result.height).toBeCloseTo(1.5, 1)
    }
    await expect(prepare(png, 'png', { maxBytes: 500 })).rejects.toMatchObject({
      reason: 'cannot_fit',
    })
    expect(existsSync(join(folder, 'output'))).toBe(false)
  })

  it('comes from the first picture of an animation', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 30, height: 30, channels: 3, background } })
        .png()
        .toBuffer()
    const frames = [await frame('#ff0000'), await frame('#0000ff')]
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    const { result, bytes } = await prepare(gif, 'gif')
    expect(result).toMatchObject({ width: 30, height: 30 })
    const [r = 0, , b = 0] = await sharp(bytes).resize(1, 1).raw().toBuffer()
    expect(r).toBeGreaterThan(b)
  })

  it('keeps the colours of pixels whose profile came apart from them, as in HEIC', async () => {
    const p3 = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c83c28' } })
      .withIccProfile('p3')
      .png()
      .toBuffer()
    const { icc } = await sharp(p3).metadata()
    const stored = await sharp(p3, { ignoreIcc: true }).ensureAlpha().raw().toBuffer()
    const { tiff, pixels } = uncompressedTiff(8, 8, icc)
    pixels.set(stored)
    const { bytes } = await prepare(tiff, 'tiff')
    expect(meanDifference([...stored.subarray(0, 3)], [200, 60, 40])).toBeGreaterThan(4)
    expect(
      meanDifference([...(await sharp(bytes).resize(1, 1).raw().toBuffer())], [200, 60, 40]),
    ).toBeLessThan(2)
  })
})

describe('previews', () => {
  it('are made in every width, upright, see-through, never enlarged, and tell nothing', async () => {
    const input = join(folder, 'input')
    await writeFile(input, await makePhoto(8))
    const outputs = [80, 1080].map((width) => ({ path: join(folder, `${width}.webp`), width }))
    const { previews } = await render({ type: 'preview-image', input, format: 'jpeg', outputs })
    expect(previews).toMatchObject([
      { width: 80, height: 53 },
      { width: 300, height: 200 },
    ])
    for (const { path, bytes } of previews) {
      const file = await readFile(path)
      expect(file.length).toBe(bytes)
      expectClean(file, path)
      expect((await sharp(file).metadata()).format).toBe('webp')
    }
  })
})

describe('the child process', () => {
  const input = () => join(folder, 'busy.jpg')
  const output = () => join(folder, 'busy-out.jpg')
  const job = () =>
    ({
      type: 'prepare-image',
      input: input(),
      format: 'jpeg',
      output: output(),
      spec: standard,
    }) as const

  beforeAll(async () => {
    const big = { create: { width: 9000, height: 7000, channels: 3, background: '#777' } } as const
    await sharp(big).jpeg().toFile(input())
  })

  it('is killed when it takes too long, too much memory, or is not wanted any more', async () => {
    await expect(render(job(), { timeoutMs: 50 })).rejects.toMatchObject({ reason: 'timed_out' })
    const small = render(job(), { maxMemory: 50 * 1024 * 1024 })
    await expect(small).rejects.toMatchObject({ reason: 'out_of_memory' })
    const reason = new Error('the person left')
    const left = render(job(), { signal: AbortSignal.any([AbortSignal.abort(reason)]) })
    await expect(left).rejects.toBe(reason)
    const controller = new AbortController()
    const running = render(job(), { signal: controller.signal })
    setImmediate(() => controller.abort(reason))
    await expect(running).rejects.toBe(reason)
    expect(existsSync(output())).toBe(false)
  })

  it('blames itself, not the file, when the file is not there', async () => {
    const gone = render({ ...job(), input: join(folder, 'gone.jpg') })
    await expect(gone).rejects.toBeInstanceOf(RenderFailed)
    await expect(gone).rejects.toMatchObject({ reason: 'crashed', code: 'internal' })
  })

  it.skipIf(!existsSync('/proc/self/environ'))(
    'sees no secret of the server (needs /proc)',
    async () => {
      process.env.AVOW_CANARY_SECRET = 'canary'
      let environment: string | undefined
      const done = render(job())
      while (environment === undefined) {
        for (const pid of await readdir('/proc')) {
          const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
          const parent = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
          if (!command.includes('render-child.ts') || Number(parent.split(' ')[3]) !== process.pid)
            continue
          environment = await readFile(`/proc/${pid}/environ`, 'utf8')
        }
      }
      await done
      delete process.env.AVOW_CANARY_SECRET
      expect(environment).toContain('TZ=UTC')
      expect(environment).not.toContain('canary')
      expect(environment).not.toContain('PATH=')
    },
  )
})

describe.skipIf(!existsSync(shared))('photos as people have them (needs ../shared/media)', () => {
  const formats: Record<string, ImageFormat> = {
    heic: 'heic',
    jpg: 'jpeg',
    png: 'png',
    tiff: 'tiff',
  }

  it('all become upright sRGB pictures that tell nothing', async () => {
    const told: string[] = []
    const seen: Record<string, number[]> = {}
    for (const name of await readdir(shared)) {
      const path = join(shared, name)
      const source = (await readFile(path)).toString('latin1')
      if (traces.some((trace) => source.includes(trace))) told.push(name)
      const format = formats[name.split('.').at(-1) ?? '']
      if (!format) throw new Error(`${name}: which format?`)
      const { result, bytes } = await prepare(path, format)
      expectClean(bytes, name)
      expect(result.format, name).toBe('jpeg')
      expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', hasProfile: false })
      seen[name] = await smallPixels(bytes)
    }
    // Otherwise the search above would prove nothing.
    expect(told.length).toBeGreaterThan(8)
    for (const shape of ['landscape', 'portrait']) {
      const [three, six, eight] = [3, 6, 8].map((n) => seen[`${shape}-orientation-${n}.jpg`] ?? [])
      expect(meanDifference(three ?? [], six ?? [])).toBeLessThan(3)
      expect(meanDifference(three ?? [], eight ?? [])).toBeLessThan(3)
    }
    // The kitchen: a light ceiling above, a dark blue tablecloth below right.
    const kitchen = seen['iphone-13.heic'] ?? []
    const light = (x: number, y: number) => kitchen.slice((y * 6 + x) * 3, (y * 6 + x) * 3 + 3)
    expect(Math.min(...light(1, 0))).toBeGreaterThan(Math.max(...light(4, 3).slice(0, 2)))
    const [r = 0, , b = 0] = light(4, 3)
    expect(b).toBeGreaterThan(r)
  })
})
