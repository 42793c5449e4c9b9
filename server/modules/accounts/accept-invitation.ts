import type { Visitor } from '../../platform/api.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { noLongerThere, openInvitation } from './open-invitation.ts'
import { happened } from './signals.ts'
import { deleteInvitation, insertMember, selectPerson } from './store.ts'
import { dropTokens } from './token-store.ts'

/** Joins a workspace. Only the person whose confirmed address the invitation names can. */
export async function acceptInvitation(visitor: Visitor, token: string) {
  return openInvitation(visitor, token, async (tx, scope, found) => {
    const { workspaceId } = scope
    const person = await selectPerson(tx, visitor.personId)
    if (!person?.emailVerified || person.email !== found.email) {
      throw new AppError('forbidden', {
        message: 'This invitation is for another e-mail address.',
        fix: 'Sign in with the account of the address that the invitation was sent to.',
      })
    }
    // Of two at once, one deletes it.
    if (!(await deleteInvitation(tx, workspaceId, found.id))) throw noLongerThere()
    await dropTokens(tx, { workspaceId, subjectId: found.id })
    const member = { workspaceId, id: newId(), personId: person.id, role: found.role }
    if (await insertMember(tx, member)) {
      await record(tx, {
        workspaceId,
        name: happened.memberJoined,
        subject: { kind: 'member', id: member.id },
      })
    }
    return { workspaceId }
  })
}
