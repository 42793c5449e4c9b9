import { permissionsOf, type Role } from '../../../contract/accounts.ts'
import type { Permission } from '../../../contract/base.ts'

/** How long each thing holds. Days and hours are exact: 24 and 60 of the smaller unit. */
export const lifetimes = {
  /** A sign-in that is not used ends. */
  signInIdleDays: 14,
  /** Any sign-in ends, used or not. */
  signInDays: 60,
  confirmationHours: 24,
  passwordResetHours: 1,
  invitationDays: 7,
} as const

export const passwordLength = { min: 10, max: 200 } as const

/** Higher may change lower; equal rank of `admin` and `owner` in permissions does not make them equal. */
const rank: Record<Role, number> = { viewer: 0, approver: 1, editor: 2, admin: 3, owner: 4 }

export type MemberChange = {
  actor: { personId: string; role: Role }
  target: { personId: string; role: Role }
  /** Owners of the workspace now, the target among them if it is one. */
  owners: number
}

/** Why a member may not be given another role; null when it may be. */
export function whyNotChangeRole(
  { actor, target, owners }: MemberChange,
  next: Role,
): string | null {
  if (target.role === next) return null
  if (next === 'owner' && actor.role !== 'owner') return 'Only an owner can make somebody an owner.'
  if (target.role === 'owner' && actor.role !== 'owner') {
    return 'Only an owner can change the role of an owner.'
  }
  if (actor.personId === target.personId && rank[next] > rank[target.role]) {
    return 'Nobody can raise their own role.'
  }
  if (target.role === 'owner' && owners <= 1) {
    return 'A workspace keeps at least one owner. Make somebody else an owner first.'
  }
  return null
}

/** Why a member may not be removed; null when it may be. */
export function whyNotRemove({ actor, target, owners }: MemberChange): string | null {
  if (target.role === 'owner' && actor.role !== 'owner') return 'Only an owner can remove an owner.'
  if (target.role === 'owner' && owners <= 1) {
    return 'A workspace keeps at least one owner. Make somebody else an owner first.'
  }
  return null
}

/** What a key may do now: what it was given, as far as its maker's role still includes it. */
export function keyPermissions(given: readonly string[], makerRole: Role): Set<Permission> {
  return new Set(permissionsOf[makerRole].filter((permission) => given.includes(permission)))
}

/** Permissions asked for a key that its maker does not have. */
export function beyondMaker(
  asked: readonly Permission[],
  maker: ReadonlySet<Permission>,
): Permission[] {
  return asked.filter((permission) => !maker.has(permission))
}

/** Roles that include a permission. */
export function rolesWith(permission: Permission): Role[] {
  return (Object.keys(permissionsOf) as Role[]).filter((role) =>
    permissionsOf[role].includes(permission),
  )
}

/** One spelling of an address, as it is stored and compared. */
export const sameEmail = (email: string): string => email.trim().toLowerCase()
