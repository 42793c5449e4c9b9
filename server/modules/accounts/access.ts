import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import type { MemberChange } from './rules.ts'
import { lockMembers, type MemberRow } from './store.ts'

/**
 * A member who is to be changed by the caller, with all others locked meanwhile: what the rules say
 * about the last owner holds until the transaction ends.
 */
export async function memberToChange(
  tx: Tx,
  caller: Caller,
  id: string,
): Promise<{ member: MemberRow; change: MemberChange }> {
  const members = await lockMembers(tx, caller.workspaceId)
  const member = members.find((one) => one.id === id)
  const actor = members.find((one) => one.personId === caller.personId)
  if (!member) throw new AppError('not_found', { message: 'There is no such member.' })
  // Removed or lowered since the request came in.
  if (!actor) throw new AppError('forbidden', { message: 'You do not belong here any more.' })
  const owners = members.filter((one) => one.role === 'owner').length
  return { member, change: { actor, target: member, owners } }
}

/** @throws AppError when a rule gave a reason against it. */
export function demandNoReason(why: string | null): void {
  if (why !== null) throw new AppError('forbidden', { message: why })
}
