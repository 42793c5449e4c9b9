import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ErrorBody, errorCodes, errorStatus } from '../../contract/errors.ts'
import { AppError, errorBody, toAppError } from './errors.ts'

describe('errors', () => {
  it('gives every code a status of the 4xx or 5xx family and a body of the contract', () => {
    for (const code of errorCodes) {
      const error = new AppError(code, { message: 'It did not work.', fix: 'Do this.' })
      expect(error.status).toBe(errorStatus[code])
      expect(error.status).toBeGreaterThanOrEqual(400)
      expect(ErrorBody.parse(errorBody(error, 'req-1')).error).toEqual({
        code,
        message: 'It did not work.',
        fix: 'Do this.',
        requestId: 'req-1',
      })
    }
  })

  it('shows nothing of an error that nobody foresaw', () => {
    const { error, expected } = toAppError(new TypeError('password of bob is hunter2'))
    expect(expected).toBe(false)
    expect(error.status).toBe(500)
    expect(JSON.stringify(errorBody(error, 'r'))).not.toContain('hunter2')
    expect((error.cause as Error).message).toContain('hunter2')
  })

  it('turns a thrown string, null and undefined into an internal error too', () => {
    for (const thrown of ['boom', null, undefined, { code: 'not_found' }]) {
      expect(toAppError(thrown)).toMatchObject({ expected: false, error: { code: 'internal' } })
    }
  })

  it('names every field that a request got wrong', () => {
    const Request = z.object({
      title: z.string().max(3),
      targets: z.array(z.object({ id: z.uuid() })),
    })
    const result = Request.safeParse({ title: 'long', targets: [{ id: 'x' }] })
    const { error, expected } = toAppError(result.error)
    expect(expected).toBe(true)
    expect(error.status).toBe(400)
    expect(error.field).toBe('title')
    const issues = error.details?.issues as { field: string }[]
    expect(issues.map((issue) => issue.field)).toEqual(['title', 'targets.0.id'])
  })
})
