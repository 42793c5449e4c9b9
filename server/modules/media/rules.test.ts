import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImageFacts, MediaFacts, VideoFacts } from './inspect-file.ts'
import { fitMedia, fitSelection, imageSpecFor, type MediaLimits, videoSpecFor } from './rules.ts'

const limits: MediaLimits = {
  image: {
    formats: ['jpeg', 'png'],
    maxBytes: 20_000_000,
    minWidth: 200,
    ratio: { min: 0.4, max: 2 },
  },
  video: {
    formats: ['mp4', 'mov'],
    codecs: ['h264', 'h265'],
    maxBytes: 2_000_000_000,
    minMs: 4000,
    maxMs: 900_000,
    ratioMin: 0.5,
    ratioMax: 1.91,
  },
  carousel: { min: 2, max: 5 },
}

const image: ImageFacts = {
  kind: 'image',
  format: 'jpeg',
  bytes: 1_000_000,
  width: 1000,
  height: 1500,
  hasAlpha: false,
  animated: false,
}

const video: VideoFacts = {
  kind: 'video',
  format: 'mp4',
  bytes: 10_000_000,
  width: 1080,
  height: 1920,
  durationMs: 10_000,
  frameRate: 30,
  videoCodec: 'h264',
  audioCodec: 'aac',
  rotation: 0,
}

const noSound: VideoFacts = (({ audioCodec: _, ...rest }) => rest)(video)

const fitting: [string, MediaFacts][] = [
  ['a JPEG', image],
  ['a PNG', { ...image, format: 'png', hasAlpha: true }],
  ['a picture of exactly the byte limit', { ...image, bytes: 20_000_000 }],
  ['a picture of exactly the least width', { ...image, width: 200, height: 300 }],
  ['a picture on the ratio limit, whole pixels', { ...image, width: 401, height: 1002 }],
  ['an MP4', video],
  ['a silent MOV in H.265', { ...noSound, format: 'mov', videoCodec: 'h265' }],
  ['a video of the shortest length', { ...video, durationMs: 4000 }],
  ['a video of the greatest length', { ...video, durationMs: 900_000 }],
  ['a video on the ratio limit', { ...video, width: 960, height: 1920 }],
]

const convertible: [string, MediaFacts, object[]][] = [
  ['HEIC', { ...image, format: 'heic' }, [{ step: 'reencode', to: 'jpeg' }]],
  ['TIFF', { ...image, format: 'tiff' }, [{ step: 'reencode', to: 'jpeg' }]],
  [
    'an animated GIF',
    { ...image, format: 'gif', animated: true },
    [{ step: 'first-frame' }, { step: 'reencode', to: 'jpeg' }],
  ],
  ['a heavy picture', { ...image, bytes: 20_000_001 }, [{ step: 'shrink', maxBytes: 20_000_000 }]],
  ['a very tall picture', { ...image, height: 5000 }, [{ step: 'frame', ratio: 0.4 }]],
  ['WebM', { ...video, format: 'webm', videoCodec: 'vp9' }, [{ step: 'reencode', to: 'mp4' }]],
  ['an odd codec in MP4', { ...video, videoCodec: 'mp4v' }, [{ step: 'reencode', to: 'mp4' }]],
  ['sound that is not AAC', { ...video, audioCodec: 'opus' }, [{ step: 'reencode', to: 'mp4' }]],
  ['a very wide video', { ...video, width: 1920, height: 800 }, [{ step: 'frame', ratio: 1.91 }]],
  [
    'a heavy WebM',
    { ...video, format: 'webm', bytes: 3e9 },
    [
      { step: 'reencode', to: 'mp4' },
      { step: 'shrink', maxBytes: 2_000_000_000 },
    ],
  ],
]

const refused: [string, MediaFacts, RegExp, RegExp][] = [
  ['a tiny picture', { ...image, width: 199 }, /199 pixels wide; at least 200/, /larger/],
  ['a short video', { ...video, durationMs: 3900 }, /3.9 seconds; at least 4 seconds/, /longer/],
  [
    'a long video',
    { ...video, durationMs: 905_000 },
    /15 minutes 5 seconds; at most 15 min/,
    /Trim/,
  ],
]

describe('fitMedia', () => {
  it.each(fitting)('takes %s as it is', (_name, facts) => {
    expect(fitMedia(facts, limits)).toEqual({ fits: true })
  })

  it.each(convertible)('says how %s will be converted', (_name, facts, how) => {
    const fit = fitMedia(facts, limits)
    expect(fit).toMatchObject({ fits: false, convertible: true, how })
    expect(fit).toHaveProperty(
      'words',
      expect.stringMatching(/^A copy will be .+stays as it is\.$/),
    )
  })

  it.each(refused)('says what is wrong with %s and what to do', (_name, facts, reason, fix) => {
    expect(fitMedia(facts, limits)).toEqual({
      fits: false,
      convertible: false,
      reason: expect.stringMatching(reason),
      fix: expect.stringMatching(fix),
    })
  })

  it('asks for a frame exactly when the video ratio is outside, and for one that is inside', () => {
    const edge = fc.integer({ min: 16, max: 4000 })
    fc.assert(
      fc.property(edge, edge, (width, height) => {
        const facts = { ...video, width, height }
        const { frame } = videoSpecFor(facts, limits.video)
        expect(frame === undefined).toBe(fitMedia(facts, limits).fits)
        if (frame) expect([0.5, 1.91]).toContain(frame.ratio)
        else expect(width / height).toBeGreaterThan(0.46)
      }),
    )
  })
})

describe('fitSelection', () => {
  const cases: [number, number, boolean][] = [
    [0, 0, false],
    [1, 0, true],
    [2, 0, true],
    [5, 0, true],
    [6, 0, false],
    [0, 1, true],
    [1, 1, false],
    [0, 2, false],
  ]
  it.each(cases)('%i pictures and %i videos: %s', (images, videos, fits) => {
    const all = [...Array(images).fill(image), ...Array(videos).fill(video)]
    expect(fitSelection(all, limits).fits).toBe(fits)
  })
})

describe('specs', () => {
  it('keep transparency only where PNG is taken', () => {
    const jpegOnly = { ...limits.image, formats: ['jpeg'] as const }
    expect(imageSpecFor(limits.image, { keepAlpha: true }).keepAlpha).toBe(true)
    expect(imageSpecFor(jpegOnly, { keepAlpha: true }).keepAlpha).toBe(false)
    expect(imageSpecFor(limits.image).keepAlpha).toBe(false)
  })

  it('prefer the frame that the person chose', () => {
    const frame = { ratio: 1, fit: 'crop' } as const
    expect(videoSpecFor({ ...video, width: 4000 }, limits.video, { frame }).frame).toEqual(frame)
    expect(videoSpecFor(video, limits.video)).not.toHaveProperty('frame')
  })
})
