import { describe, expect, it } from 'vitest'
import { authWords, linkWords } from './auth-words.ts'

describe('authWords', () => {
  it('puts a wrong password beside the password, without saying which of the two is wrong', () => {
    const { field, message } = authWords({ status: 401, code: 'INVALID_EMAIL_OR_PASSWORD' })
    expect(field).toBe('password')
    expect(message).toMatch(/don’t go together/)
  })

  it('knows an existing account by each of the codes for it', () => {
    const code = 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL'
    expect(authWords({ status: 422, code }).field).toBe('email')
    expect(authWords({ status: 422, code: 'USER_ALREADY_EXISTS' }).field).toBe('email')
  })

  it.each([
    [undefined, 'Wait a minute'],
    [42, 'Wait 42 seconds'],
    [89, 'Wait 89 seconds'],
    [90, 'Wait 2 minutes'],
    [900, 'Wait 15 minutes'],
  ])('says how long to wait: %s seconds', (retryAfter, words) => {
    expect(authWords({ status: 429, retryAfter }).message).toContain(words)
  })

  it('says that the server cannot be reached when there was no answer', () => {
    expect(authWords({ status: 0 }).message).toMatch(/can’t be reached/)
  })

  it('shows what the server says where it has no words of its own', () => {
    expect(authWords({ status: 400, code: 'NEW_ONE', message: 'Do this.' }).message).toBe(
      'Do this.',
    )
    expect(authWords({ status: 500 }).message).toMatch(/Try again/)
  })
})

describe('linkWords', () => {
  it('explains an account that Google may not open yet', () => {
    expect(linkWords('account_not_linked')).toMatch(/add Google under Security/)
  })

  it('has words for any error', () => {
    expect(linkWords('constructor')).toMatch(/Try again/)
  })
})
