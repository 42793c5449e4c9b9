import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { happened } from './signals.ts'
import { deleteInvitation } from './store.ts'
import { dropTokens } from './token-store.ts'

/** Takes an invitation back. Its link stops at once. */
export async function withdrawInvitation(caller: Caller, id: string): Promise<{ withdrawn: true }> {
  const { workspaceId } = caller
  await caller.tx(async (tx) => {
    if (!(await deleteInvitation(tx, workspaceId, id))) {
      throw new AppError('not_found', { message: 'There is no such invitation.' })
    }
    await dropTokens(tx, { workspaceId, subjectId: id })
    await record(tx, {
      workspaceId,
      name: happened.invitationWithdrawn,
      subject: { kind: 'invitation', id },
    })
  })
  return { withdrawn: true }
}
