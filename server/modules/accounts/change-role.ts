import { permissionsOf, type Role } from '../../../contract/accounts.ts'
import type { Caller } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { demandNoReason, memberToChange } from './access.ts'
import { presentMember } from './present.ts'
import { whyNotChangeRole } from './rules.ts'
import { happened } from './signals.ts'
import { updateRole } from './store.ts'

/** Gives a member another role. */
export async function changeRole(caller: Caller, id: string, role: Role) {
  const { workspaceId } = caller
  return caller.tx(async (tx) => {
    const { member, change } = await memberToChange(tx, caller, id)
    // The role may have changed between the door and the lock.
    const mayStill = permissionsOf[change.actor.role].includes('members.manage')
    demandNoReason(mayStill ? null : 'Your role does not include this any more.')
    demandNoReason(whyNotChangeRole(change, role))
    await updateRole(tx, workspaceId, id, role)
    await record(tx, {
      workspaceId,
      name: happened.memberChanged,
      subject: { kind: 'member', id },
    })
    return presentMember({ ...member, role })
  })
}
