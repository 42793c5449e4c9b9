import type { Caller } from '../../platform/context.ts'
import { presentMember } from './present.ts'
import { selectMembers } from './store.ts'

/** Everybody who belongs to the workspace, who came first first. */
export async function listMembers(caller: Caller) {
  const rows = await caller.tx((tx) => selectMembers(tx, caller.workspaceId))
  return { items: rows.map(presentMember) }
}
