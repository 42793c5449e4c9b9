import { and } from 'drizzle-orm'
import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/events.ts'
import type { SignInReason } from './rules.ts'
import { connectionLost, connectionNeedsSignIn } from './signals.ts'
import { changeConnection, hasVersion, isActive } from './store.ts'

/**
 * The network no longer accepts what we hold: nothing is sent until a person signs in again. With
 * `version`, only if those tokens are still the ones in use. False when it was not (any more) so.
 */
export async function needSignIn(
  tx: Tx,
  scope: Scope,
  connectionId: string,
  reason: SignInReason,
  version?: number,
): Promise<boolean> {
  const { workspaceId } = scope
  const still = version === undefined ? isActive : and(isActive, hasVersion(version))
  const change = { status: 'needs_sign_in', statusReason: reason, refreshingUntil: null }
  const row = await changeConnection(tx, workspaceId, connectionId, change, still)
  if (!row) return false
  await record(tx, {
    workspaceId,
    name: connectionNeedsSignIn,
    subject: { kind: 'connection', id: connectionId },
  })
  await scope.jobs.send(tx, connectionLost, { workspaceId, connectionId })
  return true
}
