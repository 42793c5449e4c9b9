import { describe, expect, it } from 'vitest'
import type { Role } from '../../../contract/accounts.ts'
import { beyondMaker, keyPermissions, rolesWith, whyNotChangeRole, whyNotRemove } from './rules.ts'

type Case = [actor: Role, target: Role, next: Role, self: boolean, owners: number, ok: boolean]

const people = (actor: Role, target: Role, self: boolean, owners: number) => ({
  actor: { personId: 'a', role: actor },
  target: { personId: self ? 'a' : 'b', role: target },
  owners,
})

describe('a role', () => {
  it.each<Case>([
    ['owner', 'viewer', 'owner', false, 1, true],
    ['owner', 'owner', 'admin', false, 2, true],
    ['owner', 'owner', 'admin', true, 2, true],
    ['owner', 'owner', 'admin', true, 1, false],
    ['owner', 'owner', 'owner', true, 1, true],
    ['admin', 'editor', 'admin', false, 1, true],
    ['admin', 'admin', 'viewer', false, 1, true],
    ['admin', 'admin', 'viewer', true, 1, true],
    ['admin', 'editor', 'owner', false, 1, false],
    ['admin', 'owner', 'viewer', false, 2, false],
    ['admin', 'admin', 'owner', true, 1, false],
    ['editor', 'editor', 'admin', true, 1, false],
    ['viewer', 'viewer', 'approver', true, 1, false],
  ])('%s may change %s to %s (self %s, %i owners): %s', (actor, target, next, self, owners, ok) => {
    expect(whyNotChangeRole(people(actor, target, self, owners), next) === null).toBe(ok)
  })

  it.each<[Role, Role, boolean, number, boolean]>([
    ['owner', 'editor', false, 1, true],
    ['owner', 'owner', false, 2, true],
    ['owner', 'owner', true, 2, true],
    ['owner', 'owner', true, 1, false],
    ['admin', 'owner', false, 2, false],
    ['admin', 'admin', false, 1, true],
    ['admin', 'admin', true, 1, true],
  ])('%s may remove %s (self %s, %i owners): %s', (actor, target, self, owners, ok) => {
    expect(whyNotRemove(people(actor, target, self, owners)) === null).toBe(ok)
  })
})

describe('a key', () => {
  it('may what it was given, as far as its maker’s role includes it now', () => {
    const given = ['read', 'posts.write', 'members.manage', 'no.such']
    expect([...keyPermissions(given, 'admin')]).toEqual(['read', 'posts.write', 'members.manage'])
    expect([...keyPermissions(given, 'viewer')]).toEqual(['read'])
  })

  it('cannot be given what its maker does not have', () => {
    expect(beyondMaker(['read', 'keys.manage'], new Set(['read']))).toEqual(['keys.manage'])
  })
})

it('knows which roles include a permission', () => {
  expect(rolesWith('posts.publish')).toEqual(['owner', 'admin', 'editor', 'approver'])
  expect(rolesWith('members.manage')).toEqual(['owner', 'admin'])
})
