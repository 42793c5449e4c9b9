import { describe, expect, it } from 'vitest'
import { strengthOf } from './password-strength.ts'

describe('strengthOf', () => {
  it.each([
    ['', 0, 'At least 10 characters'],
    ['abc', 1, '7 more characters'],
    ['abcdefghi', 1, '1 more character'],
    ['aaaaaaaaaaaaaaaa', 2, 'Fair: a few more words make it strong'],
    ['abcdefghijklmnop', 2, 'Fair: a few more words make it strong'],
    ['MyPassword2026!', 2, 'Easy to guess: leave out names and well-known words'],
    ['plum tart warm', 3, 'Good'],
    ['seven geese cross the quiet road', 4, 'Strong'],
  ])('rates %j', (password, score, words) => {
    expect(strengthOf(password)).toEqual({ score, words })
  })

  it('counts the own name and address as easy to guess', () => {
    const personal = ['Ana Silva', 'ana@figplum.example']
    expect(strengthOf('figplum kitchen 88', personal).score).toBe(2)
    expect(strengthOf('xsilvax kitchen 88', personal).score).toBe(2)
    expect(strengthOf('banana kitchen 88!', personal).score).toBeGreaterThan(2)
  })
})
