import { describe, expect, it } from 'vitest'
import { foldAttempts, type Line } from './fold-attempts.ts'

const line = (at: string, words: string, part: Partial<Line> = {}): Line => ({
  id: at,
  number: 1,
  phase: 'reconcile',
  at,
  outcome: 'retryable',
  words,
  detail: null,
  durationMs: null,
  ...part,
})

describe('the timeline of a target', () => {
  it('says once what happened again and again, with how often and when last', () => {
    const folded = foldAttempts([
      line('10:00', 'Sent.', { phase: 'submit' }),
      line('10:01', 'It is away.'),
      line('10:02', 'It is away.'),
      line('10:03', 'It is away.'),
      line('10:04', 'Found it.', { outcome: 'ok' }),
    ])
    expect(folded.map(({ words, times, at, lastAt }) => [words, times, at, lastAt])).toEqual([
      ['Sent.', 1, '10:00', '10:00'],
      ['It is away.', 3, '10:01', '10:03'],
      ['Found it.', 1, '10:04', '10:04'],
    ])
  })

  it('keeps apart what another try or another step said', () => {
    const again = [line('10:00', 'Sent.'), line('10:01', 'Sent.', { number: 2 })]
    expect(foldAttempts(again)).toHaveLength(2)
    const later = [line('10:00', 'Away.'), line('10:01', 'Here.'), line('10:02', 'Away.')]
    expect(foldAttempts(later)).toHaveLength(3)
  })
})
