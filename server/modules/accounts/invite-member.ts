import type { Role } from '../../../contract/accounts.ts'
import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { presentInvitation } from './present.ts'
import { lifetimes, sameEmail } from './rules.ts'
import { happened, sendInvitation } from './signals.ts'
import { replaceInvitation, selectMembers } from './store.ts'
import { dropTokens } from './token-store.ts'

/** Invites a person by mail. A second invitation of the same address replaces the first. */
export async function inviteMember(
  caller: Caller,
  wanted: { email: string; role: Exclude<Role, 'owner'> },
) {
  const { workspaceId, personId } = caller
  const email = sameEmail(wanted.email)
  return caller.tx(async (tx) => {
    const members = await selectMembers(tx, workspaceId)
    if (members.some((member) => member.email === email)) {
      throw new AppError('conflict', {
        message: 'This person belongs to the workspace already.',
        field: 'email',
        fix: 'Change their role in the list of members.',
      })
    }
    const { made, replaced } = await replaceInvitation(tx, {
      workspaceId,
      id: newId(),
      email,
      role: wanted.role,
      invitedBy: personId,
      days: lifetimes.invitationDays,
    })
    if (replaced) await dropTokens(tx, { workspaceId, subjectId: replaced })
    await caller.jobs.send(tx, sendInvitation, { workspaceId, invitationId: made.id })
    await record(tx, {
      workspaceId,
      name: happened.invitationMade,
      subject: { kind: 'invitation', id: made.id },
    })
    const inviter = members.find((member) => member.personId === personId)
    return presentInvitation(made, inviter?.name ?? null)
  })
}
