import { describe, expect, it } from 'vitest'
import type { AssetFacts } from '../media/index.ts'
import { adapterFor } from '../networks/index.ts'
import { checkContent, lengthOf } from './check-content.ts'

// Any adapter will do: the limits are read from its manifest.
const { manifest } = adapterFor('pinterest')

const image: AssetFacts = {
  id: 'a',
  name: 'bouquet.jpg',
  kind: 'image',
  state: 'ready',
  bytes: 500_000,
  contentType: 'image/jpeg',
  width: 1000,
  height: 1500,
  durationMs: null,
}
const video: AssetFacts = {
  ...image,
  id: 'v',
  kind: 'video',
  contentType: 'video/mp4',
  durationMs: 30_000,
}
const item = (assetId: string, over = {}) => ({
  assetId,
  altText: '',
  coverAssetId: null,
  coverAtMs: null,
  ...over,
})
const draft = {
  title: 'Bouquet',
  body: 'By hand',
  link: 'https://example.com',
  media: [item('a')],
  connectionId: 'c',
  label: 'Shop',
  destinationId: '1',
}
const rules = (over: object, facts: AssetFacts[] = [image]) =>
  checkContent(manifest, { ...draft, ...over }, new Map(facts.map((one) => [one.id, one]))).map(
    ({ rule }) => rule,
  )

describe('content', () => {
  it('that fits has no finding', () => {
    expect(rules({})).toEqual([])
    expect(rules({ media: [item('v', { coverAtMs: 1000 })] }, [video])).toEqual([])
  })

  it.each([
    ['a title one over', { title: 'x'.repeat(101) }, ['title_too_long']],
    ['a text that may be cut', { body: 'x'.repeat(501) }, ['body_long']],
    [
      'an alt text one over',
      { media: [item('a', { altText: 'x'.repeat(501) })] },
      ['media_too_long'],
    ],
    ['an invisible character', { title: 'Bou\u200bquet' }, ['invisible_characters']],
    ['a link without a scheme', { link: 'example.com' }, ['link_invalid']],
    ['a link to a program', { link: 'javascript:alert(1)' }, ['link_invalid']],
    ['a link with a password', { link: 'https://me:secret@example.com' }, ['link_invalid']],
    ['a link one over', { link: `https://example.com/${'x'.repeat(2029)}` }, ['link_too_long']],
    ['a file that is gone', { media: [item('b')] }, ['file_missing']],
    ['no place', { destinationId: null }, ['destination_missing']],
  ])('is told of %s', (_name, over, expected) => {
    expect(rules(over)).toEqual(expected)
  })

  it.each([
    ['too short', { durationMs: 3_900 }, 'video_too_short'],
    ['too long', { durationMs: 15 * 60_000 + 1 }, 'video_too_long'],
    ['too large', { bytes: 2 * 1024 ** 3 + 1 }, 'file_too_large'],
    ['too wide', { width: 2000, height: 1000 }, 'video_shape'],
    ['still prepared', { state: 'processing' as const }, 'file_processing'],
  ])('is told of a video that is %s', (_name, over, rule) => {
    expect(rules({ media: [item('v')] }, [{ ...video, ...over }])).toEqual([rule])
  })

  it('is told of a cover that is none', () => {
    expect(rules({ media: [item('v', { coverAssetId: 'v' })] }, [video])).toEqual(['cover_missing'])
    expect(rules({ media: [item('v', { coverAtMs: 31_000 })] }, [video])).toEqual([
      'cover_beyond_end',
    ])
  })

  it('takes a video alone, and pictures of one shape together', () => {
    const wide = { ...image, id: 'w', width: 1500, height: 1000 }
    expect(rules({ media: [item('a'), item('v')] }, [image, video])).toEqual(['video_alone'])
    expect(rules({ media: [item('a'), item('w')] }, [image, wide])).toEqual(['carousel_ratios'])
  })
})

it('length is counted as the network counts it', () => {
  const family = '👨‍👩‍👧'
  expect([
    lengthOf(family, 'utf16'),
    lengthOf(family, 'codePoints'),
    lengthOf(family, 'graphemes'),
  ]).toEqual([8, 5, 1])
})
