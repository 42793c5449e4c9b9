import { Permission } from '../../../contract/base.ts'
import type { Caller } from '../../platform/context.ts'
import { presentWorkspace } from './present.ts'
import { selectRole, selectWorkspace } from './store.ts'

/** The workspace, and what the caller may do in it. A key has no role. */
export async function showWorkspace(caller: Caller) {
  const { workspaceId, personId, permissions, actor } = caller
  const { row, role } = await caller.tx(async (tx) => ({
    row: await selectWorkspace(tx, workspaceId),
    role: await selectRole(tx, workspaceId, personId),
  }))
  return {
    ...presentWorkspace(row),
    role: actor.kind === 'person' ? (role ?? null) : null,
    permissions: Permission.options.filter((permission) => permissions.has(permission)),
  }
}
