import { z } from 'zod'
import type { Visitor } from '../../platform/api.ts'
import { AppError } from '../../platform/errors.ts'
import { noteSecurityIn } from './note-security.ts'
import { deleteSession } from './session-store.ts'

/** Ends one of the person's own sign-ins, at once. */
export async function endSignIn(visitor: Visitor, id: string): Promise<{ ended: true }> {
  await visitor.database.global(async (tx) => {
    const mine = z.uuid().safeParse(id).success && (await deleteSession(tx, visitor.personId, id))
    if (!mine) throw new AppError('not_found', { message: 'There is no such sign-in.' })
    await noteSecurityIn(tx, visitor, visitor.personId, {
      kind: 'sign_in_ended',
      ip: visitor.request.ip,
      userAgent: visitor.request.headers.get('user-agent')?.slice(0, 400) ?? null,
    })
  })
  return { ended: true }
}
