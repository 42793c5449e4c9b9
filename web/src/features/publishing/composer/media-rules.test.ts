import { describe, expect, it } from 'vitest'
import type { Manifest } from '../../../../../contract/networks.ts'
import { mediaRules } from './media-rules.ts'

const network = (label: string, media: Partial<Manifest['media']>) =>
  ({
    network: label,
    label,
    media: {
      required: true,
      image: { formats: ['jpeg'], maxBytes: 20_000_000 },
      carousel: null,
      video: null,
      ...media,
    },
  }) as Manifest

describe('what networks take', () => {
  it('says it in a sentence for each network, once', () => {
    const full = network('Pinboard', {
      carousel: { min: 2, max: 5, sameRatio: true },
      video: {
        formats: ['mp4'],
        codecs: ['avc'],
        maxBytes: 2_000_000_000,
        minMs: 4_000,
        maxMs: 900_000,
        minRatio: 0.5,
        maxRatio: 1.91,
        needsCover: true,
      },
    })
    expect(mediaRules([full, full])).toBe(
      'Pinboard takes one image up to 20 MB, 2 to 5 images of the same shape or one video of 4 seconds to 15 minutes with a cover.',
    )
    expect(mediaRules([network('Plain', {})])).toBe('Plain takes one image up to 20 MB.')
    expect(mediaRules([])).toBe('')
  })
})
