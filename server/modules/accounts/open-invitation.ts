import type { Role } from '../../../contract/accounts.ts'
import { type Platform, type Scope, scopeOf } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { selectInvitations, selectWorkspace } from './store.ts'
import { findToken } from './token-store.ts'

/** What a link of an invitation leads to, inside its workspace. @throws AppError gone */
export async function openInvitation<Result>(
  platform: Platform,
  token: string,
  run: (
    tx: Tx,
    scope: Scope,
    found: { id: string; email: string; role: Role; inviter: string; workspace: string },
  ) => Promise<Result>,
): Promise<Result> {
  const found = await platform.database.global((tx) => findToken(tx, 'invitation', token))
  if (!found) throw noLongerThere()
  const scope = scopeOf(platform, found.workspaceId)
  return scope.tx(async (tx) => {
    const [row] = await selectInvitations(tx, found.workspaceId, found.subjectId)
    if (!row) throw noLongerThere()
    const { id, email, role } = row.invitation
    const workspace = await selectWorkspace(tx, found.workspaceId)
    return run(tx, scope, {
      id,
      email,
      role: role as Role,
      inviter: row.inviter ?? 'Somebody who has left',
      workspace: workspace.name,
    })
  })
}

export function noLongerThere(): AppError {
  return new AppError('gone', {
    message: 'This invitation no longer holds: it was used, replaced, withdrawn, or is too old.',
    field: 'token',
    fix: 'Ask whoever invited you for a new one.',
  })
}
