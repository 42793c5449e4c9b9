import { expect, it } from 'vitest'
import { safeNext } from './paths.ts'

it.each(['/', '/w/1/calendar', '/invite?token=abc'])('goes on to %s', (next) => {
  expect(safeNext(next)).toBe(next)
})

it.each([
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/a\\b',
  'javascript:alert(1)',
  '/a b',
  '',
  undefined,
  7,
])('does not go on to %s', (next) => {
  expect(safeNext(next)).toBeNull()
})
