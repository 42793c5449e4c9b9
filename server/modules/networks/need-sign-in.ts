import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/events.ts'
import { connectionNeedsSignIn, tellSignInNeeded } from './signals.ts'
import { changeConnection, isActiveWith } from './store.ts'

/**
 * The network no longer accepts what we hold: nothing is sent until a person signs in again, which
 * they are told, with these words. Give the `version` of the tokens that were refused, so that a
 * sign-in of just now stands. False when nothing changed.
 */
export async function needSignIn(
  tx: Tx,
  scope: Scope,
  connectionId: string,
  words: string,
  version?: number,
): Promise<boolean> {
  const { workspaceId } = scope
  const change = { status: 'needs_sign_in', statusReason: words, refreshingUntil: null }
  const row = await changeConnection(tx, workspaceId, connectionId, change, isActiveWith(version))
  if (!row) return false
  await record(tx, {
    workspaceId,
    name: connectionNeedsSignIn,
    subject: { kind: 'connection', id: connectionId },
  })
  await scope.jobs.send(tx, tellSignInNeeded, { workspaceId, connectionId })
  return true
}
