import type { Manifest } from '../../../../contract/networks.ts'

export type CountedIn = Manifest['text']['countedIn']

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The length of text as a network counts it. A family emoji is 1 grapheme and up to 11 UTF-16 units. */
export function countText(text: string, countedIn: CountedIn): number {
  if (countedIn === 'utf16') return text.length
  if (countedIn === 'codePoints') return [...text].length
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}

export type TextLimit = { max: number; warnAbove: number | null; countedIn: CountedIn }

/** The tightest limit of several networks on one field, or null where none sets one. */
export function tightestLimit(
  manifests: readonly Manifest[],
  of: (text: Manifest['text']) => { max: number; warnAbove?: number | null } | null,
): TextLimit | null {
  let tightest: TextLimit | null = null
  for (const { text } of manifests) {
    const limit = of(text)
    if (!limit || (tightest && tightest.max <= limit.max)) continue
    tightest = { max: limit.max, warnAbove: limit.warnAbove ?? null, countedIn: text.countedIn }
  }
  return tightest
}
