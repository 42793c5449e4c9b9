import type { Workspace } from '../../../contract/accounts.ts'
import type { Caller } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { demandDefault } from './on-default-connection.ts'
import { presentWorkspace } from './present.ts'
import { happened } from './signals.ts'
import { updateWorkspaceRow } from './store.ts'

type Settings = Partial<Pick<Workspace, 'name' | 'timeZone' | 'weekStart' | 'defaultConnectionId'>>

/**
 * Changes the settings. The default connection is kept as an id: what it names belongs to another
 * module, which forgets it here when the connection goes (`removeDefaultConnection`).
 */
export async function updateWorkspace(caller: Caller, settings: Settings): Promise<Workspace> {
  const { name, timeZone, weekStart, defaultConnectionId } = settings
  const given = { name, timeZone, weekStart, defaultConnectionId }
  const changes = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  )
  const { workspaceId } = caller
  return caller.tx(async (tx) => {
    if (defaultConnectionId) await demandDefault(tx, caller, defaultConnectionId)
    const row = await updateWorkspaceRow(tx, workspaceId, changes)
    await record(tx, {
      workspaceId,
      name: happened.workspaceChanged,
      subject: { kind: 'workspace', id: workspaceId },
    })
    return presentWorkspace(row)
  })
}
