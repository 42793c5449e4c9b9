import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { noteSecurityIn } from './note-security.ts'
import { happened } from './signals.ts'
import { deleteApiKey } from './store.ts'
import { dropTokens } from './token-store.ts'

/** Ends a key, at once. */
export async function revokeApiKey(caller: Caller, id: string): Promise<{ revoked: true }> {
  const { workspaceId, personId } = caller
  await caller.tx(async (tx) => {
    if (!(await deleteApiKey(tx, workspaceId, id))) {
      throw new AppError('not_found', { message: 'There is no such key.' })
    }
    await dropTokens(tx, { workspaceId, subjectId: id })
    await noteSecurityIn(tx, caller, personId, {
      kind: 'api_key_revoked',
      ip: null,
      userAgent: null,
    })
    await record(tx, {
      workspaceId,
      name: happened.apiKeyRevoked,
      subject: { kind: 'api_key', id },
    })
  })
  return { revoked: true }
}
