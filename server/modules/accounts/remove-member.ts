import { permissionsOf } from '../../../contract/accounts.ts'
import type { Caller } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { demandNoReason, memberToChange } from './access.ts'
import { whyNotRemove } from './rules.ts'
import { happened } from './signals.ts'
import { deleteMember } from './store.ts'

/** Ends a membership. Keys that the person made stop with it. */
export async function removeMember(caller: Caller, id: string): Promise<{ removed: true }> {
  const { workspaceId } = caller
  await caller.tx(async (tx) => {
    const { change } = await memberToChange(tx, caller, id)
    const mayStill = permissionsOf[change.actor.role].includes('members.manage')
    demandNoReason(mayStill ? null : 'Your role does not include this any more.')
    demandNoReason(whyNotRemove(change))
    await deleteMember(tx, workspaceId, id)
    await record(tx, {
      workspaceId,
      name: happened.memberRemoved,
      subject: { kind: 'member', id },
    })
  })
  return { removed: true }
}
