import { describe, expect, it } from 'vitest'
import { connectResult } from './connect-result.ts'

const wordsOf = (scope: string) => (scope === 'pins:write' ? 'Create and delete pins' : scope)

describe('connectResult', () => {
  it('has nothing to say on an ordinary visit', () => {
    expect(connectResult({}, wordsOf)).toBeNull()
  })

  it('says that an account was connected', () => {
    expect(connectResult({ connected: 'some-id' }, wordsOf)?.good).toBe(true)
  })

  it.each(['declined', 'partial', 'failed', 'state', 'expired', 'other_account'])(
    'explains %s',
    (error) => {
      const result = connectResult({ connect_error: error }, wordsOf)
      expect(result?.good).toBe(false)
      expect(result?.words).toMatch(/connect|start/i)
    },
  )

  it('names what is missing in words', () => {
    const search = { connect_error: 'partial', missing: 'pins:write,boards:read' }
    expect(connectResult(search, wordsOf)?.words).toContain(
      'Missing: Create and delete pins, boards:read.',
    )
  })

  it('takes an error that it does not know for a failure', () => {
    const known = connectResult({ connect_error: 'failed' }, wordsOf)
    expect(connectResult({ connect_error: 'toString' }, wordsOf)).toEqual(known)
    expect(connectResult({ connect_error: 7 }, wordsOf)).toEqual(known)
  })
})
