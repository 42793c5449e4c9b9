import { expect, it, vi } from 'vitest'
import { permissionsOf } from '../../../contract/accounts.ts'
import { Permission } from '../../../contract/base.ts'

vi.mock('./api.ts', () => ({ query: {} }))

const { may } = await import('./permissions.ts')

it('allows an owner everything', () => {
  for (const permission of Permission.options) {
    expect(may(permissionsOf.owner, permission)).toEqual({ ok: true, why: null })
  }
})

it('says why not, and whom to ask, for all that a viewer may not do', () => {
  for (const permission of Permission.options.filter((one) => one !== 'read')) {
    const can = may(permissionsOf.viewer, permission)
    expect(can.ok).toBe(false)
    expect(can.why).toMatch(/^Your role doesn’t include .+ Ask an owner or an admin\.$/)
  }
})
