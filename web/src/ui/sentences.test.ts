import { describe, expect, it } from 'vitest'
import { sentences } from './sentences.ts'

describe('sentences', () => {
  it('ends each part once', () => {
    expect(sentences('That time has passed.', 'Choose a later time')).toBe(
      'That time has passed. Choose a later time.',
    )
  })

  it('leaves out what says nothing', () => {
    expect(sentences('It failed', null, '', undefined)).toBe('It failed.')
    expect(sentences()).toBe('')
  })
})
