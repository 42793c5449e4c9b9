import { type Platform, scopeOf } from '../../platform/context.ts'
import { claimTarget } from './claim-target.ts'
import { sendTarget } from './send-target.ts'
import { settleTarget } from './settle-target.ts'
import { step } from './steps.ts'

/**
 * Works on a target as far as it goes now. The one way by which anything reaches a network.
 *
 * May be called for any target, at any time, any number of times and by several processes at once:
 * the row's state, lease and fence decide what happens.
 */
export async function publishTarget(
  platform: Platform,
  { workspaceId, targetId }: { workspaceId: string; targetId: string },
  signal: AbortSignal,
): Promise<void> {
  const scope = scopeOf(platform, workspaceId)
  const claimed = await step('claim', targetId, () => claimTarget(scope, targetId))
  if (!claimed) return
  if (claimed.move === 'send') await sendTarget(scope, claimed.claim, signal)
  else await settleTarget(scope, claimed.claim)
}
