import { expect, it } from 'vitest'
import { Intent } from './intent.ts'

it('keeps the key for a retry with the same input', () => {
  const intent = new Intent()
  expect(intent.keyFor({ name: 'a' })).toBe(intent.keyFor({ name: 'a' }))
})

it('takes another key for another input', () => {
  const intent = new Intent()
  expect(intent.keyFor({ name: 'a' })).not.toBe(intent.keyFor({ name: 'b' }))
})

it('takes another key for the same again, once the first is made', () => {
  const intent = new Intent()
  const first = intent.keyFor({ name: 'a' })
  intent.done()
  expect(intent.keyFor({ name: 'a' })).not.toBe(first)
})
