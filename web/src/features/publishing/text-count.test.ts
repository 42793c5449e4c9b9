import { describe, expect, it } from 'vitest'
import type { Manifest } from '../../../../contract/networks.ts'
import { countText, tightestLimit } from './text-count.ts'

const family = '👨‍👩‍👧‍👦'

describe('text as networks count it', () => {
  it.each([
    ['plain', 'utf16', 5],
    ['é', 'utf16', 1],
    ['e\u0301', 'codePoints', 2],
    ['e\u0301', 'graphemes', 1],
    [family, 'utf16', 11],
    [family, 'codePoints', 7],
    [family, 'graphemes', 1],
    ['שלום', 'graphemes', 4],
    ['a\u200Bb', 'codePoints', 3],
    ['', 'graphemes', 0],
  ] as const)('counts %j in %s as %i', (text, countedIn, length) => {
    expect(countText(text, countedIn)).toBe(length)
  })

  it('takes the tightest limit of the chosen networks and how that one counts', () => {
    const networks = [
      { text: { countedIn: 'codePoints', body: { max: 2200, warnAbove: null }, title: null } },
      { text: { countedIn: 'utf16', body: { max: 800, warnAbove: 500 }, title: { max: 100 } } },
    ] as unknown as Manifest[]
    expect(tightestLimit(networks, (text) => text.body)).toEqual({
      max: 800,
      warnAbove: 500,
      countedIn: 'utf16',
    })
    expect(tightestLimit(networks, (text) => text.title)?.max).toBe(100)
    expect(tightestLimit([], (text) => text.body)).toBeNull()
  })
})
