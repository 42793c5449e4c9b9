import { describe, expect, it } from 'vitest'
import { bytesWords, durationWords } from './file-words.ts'

describe('what a file is, in words', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [2_182_707, '2.2 MB'],
    [349_699, '350 kB'],
    [999_600, '1 MB'],
    [2_000_000_000, '2 GB'],
  ])('says %i bytes as %s', (bytes, words) => expect(bytesWords(bytes)).toBe(words))

  it.each([
    [400, '0:00'],
    [7_200, '0:07'],
    [750_000, '12:30'],
  ])('says %i ms as %s', (ms, words) => expect(durationWords(ms)).toBe(words))
})
