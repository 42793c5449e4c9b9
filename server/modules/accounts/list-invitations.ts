import type { Caller } from '../../platform/context.ts'
import { presentInvitation } from './present.ts'
import { selectInvitations } from './store.ts'

/** Invitations that can still be accepted, newest first. */
export async function listInvitations(caller: Caller) {
  const rows = await caller.tx((tx) => selectInvitations(tx, caller.workspaceId))
  return { items: rows.map((row) => presentInvitation(row.invitation, row.inviter)) }
}
