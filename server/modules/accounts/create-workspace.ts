import { type Platform, scopeOf } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { happened } from './signals.ts'
import { insertMember, insertWorkspace, type WorkspaceRow } from './store.ts'

export type NewWorkspace = {
  name: string
  timeZone: string
  weekStart: number
  /** Made by code to look around in. */
  sample?: boolean
}

/** A new workspace, of which the person is the owner. */
export async function createWorkspace(
  platform: Platform,
  personId: string,
  wanted: NewWorkspace,
): Promise<WorkspaceRow> {
  const { name, timeZone, weekStart, sample = false } = wanted
  const workspaceId = newId()
  const memberId = newId()
  return scopeOf(platform, workspaceId).tx(async (tx) => {
    const row = await insertWorkspace(tx, { id: workspaceId, name, timeZone, weekStart, sample })
    await insertMember(tx, { workspaceId, id: memberId, personId, role: 'owner' })
    await record(tx, {
      workspaceId,
      name: happened.memberJoined,
      subject: { kind: 'member', id: memberId },
    })
    return row
  })
}
