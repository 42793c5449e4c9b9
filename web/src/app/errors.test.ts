import { ORPCError } from '@orpc/client'
import { describe, expect, it, vi } from 'vitest'

const shown = vi.hoisted(() => vi.fn())
vi.mock('@mantine/notifications', () => ({ notifications: { show: shown } }))

const { faultOf, placeFault } = await import('./errors.ts')

const answer = (data: object, code = 'unprocessable') =>
  new ORPCError(code, { status: 422, message: 'It is taken', data: { requestId: 'r1', ...data } })

describe('faultOf', () => {
  it('reads what the server answered', () => {
    const fault = faultOf(
      answer({ field: 'name', fix: 'Choose another', details: { retryAfterSeconds: 5 } }),
    )
    expect(fault).toEqual({
      code: 'unprocessable',
      message: 'It is taken',
      fix: 'Choose another',
      issues: [{ field: 'name', message: 'It is taken' }],
      retryAfterSeconds: 5,
      requestId: 'r1',
    })
  })

  it('takes no answer for being offline', () => {
    expect(faultOf(new TypeError('Failed to fetch')).code).toBe('offline')
  })

  it('does not show the words of an unknown error', () => {
    expect(faultOf(new Error('SELECT secret')).message).not.toContain('secret')
    expect(faultOf(new ORPCError('BAD_GATEWAY', { message: 'raw' })).message).not.toContain('raw')
  })
})

describe('placeFault', () => {
  const formOf = (fields: string[]) => ({
    getValues: () => Object.fromEntries(fields.map((field) => [field, ''])),
    setFieldError: vi.fn(),
  })

  it('puts a fault beside its field and nowhere else', () => {
    shown.mockClear()
    const form = formOf(['name'])
    placeFault(answer({ field: 'name', fix: 'Choose another' }), form)
    expect(form.setFieldError).toHaveBeenCalledWith('name', 'It is taken. Choose another.')
    expect(shown).not.toHaveBeenCalled()
  })

  it('shows a fault whose field the form does not have', () => {
    shown.mockClear()
    const form = formOf(['name'])
    placeFault(answer({ field: 'timeZone' }), form)
    expect(form.setFieldError).not.toHaveBeenCalled()
    expect(shown).toHaveBeenCalledOnce()
  })

  it('places each of several faults', () => {
    shown.mockClear()
    const form = formOf(['name', 'targets'])
    const issues = [
      { field: 'name', message: 'Too long' },
      { field: 'targets.0.boardId', message: 'Gone' },
    ]
    placeFault(answer({ details: { issues } }), form)
    expect(form.setFieldError).toHaveBeenCalledWith('name', 'Too long.')
    expect(form.setFieldError).toHaveBeenCalledWith('targets.0.boardId', 'Gone.')
    expect(shown).not.toHaveBeenCalled()
  })
})
