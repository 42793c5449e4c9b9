import type { Permission } from '../../../contract/base.ts'
import type { Caller } from '../../platform/context.ts'
import { randomToken } from '../../platform/crypto.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { keyPrefix } from './authenticate.ts'
import { noteSecurityIn } from './note-security.ts'
import { presentApiKey } from './present.ts'
import { beyondMaker } from './rules.ts'
import { happened } from './signals.ts'
import { insertApiKey } from './store.ts'
import { saveToken } from './token-store.ts'

const shownCharacters = keyPrefix.length + 6

/** A key for programs. It is in the answer, this once; kept are its hash and its first characters. */
export async function createApiKey(
  caller: Caller,
  wanted: { name: string; permissions: readonly Permission[]; expiresInDays: number | null },
) {
  const { workspaceId, personId } = caller
  const [beyond] = beyondMaker(wanted.permissions, caller.permissions)
  if (beyond) {
    throw new AppError('forbidden', {
      message: `You do not have the permission “${beyond}” yourself.`,
      field: 'permissions',
      fix: 'Choose only what your own role includes.',
    })
  }
  const key = randomToken(keyPrefix)
  return caller.tx(async (tx) => {
    const row = await insertApiKey(tx, {
      workspaceId,
      id: newId(),
      name: wanted.name,
      start: key.slice(0, shownCharacters),
      permissions: [...new Set(wanted.permissions)],
      createdBy: personId,
      days: wanted.expiresInDays,
    })
    await saveToken(tx, key, {
      kind: 'api_key',
      workspaceId,
      subjectId: row.id,
      expiresAt: row.expiresAt,
    })
    await noteSecurityIn(tx, caller, personId, {
      kind: 'api_key_created',
      ip: null,
      userAgent: null,
    })
    await record(tx, {
      workspaceId,
      name: happened.apiKeyCreated,
      subject: { kind: 'api_key', id: row.id },
    })
    return { ...presentApiKey(row), key }
  })
}
