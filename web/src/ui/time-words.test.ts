import { expect, it } from 'vitest'
import { ago } from './time-words.ts'

const now = Date.parse('2026-11-22T12:00:00Z')

it.each([
  ['2026-11-22T12:00:20Z', 'now'],
  ['2026-11-22T11:59:00Z', '1 minute ago'],
  ['2026-11-22T09:00:00Z', '3 hours ago'],
  ['2026-11-21T10:00:00Z', 'yesterday'],
  ['2026-11-24T13:00:00Z', 'in 2 days'],
  ['2026-10-20T12:00:00Z', '1 month ago'],
  ['2025-10-01T12:00:00Z', '1 year ago'],
  ['2026-11-29T11:59:30Z', 'in 1 week'],
  ['2027-11-22T11:59:30Z', 'in 1 year'],
  ['2026-11-23T11:59:30Z', 'tomorrow'],
])('%s is %s', (at, words) => {
  expect(ago(at, now)).toBe(words)
})
