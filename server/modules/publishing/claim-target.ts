import type { Scope } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { connectionFacts } from '../networks/index.ts'
import { contentHash } from './content.ts'
import { contentOf } from './load-outgoing.ts'
import { happened, hold } from './outcomes.ts'
import { isOutcomeUnknown, leaseAt, nextMove, stateOf } from './rules.ts'
import { publishTarget } from './signals.ts'
import { insertAttempt, lockTarget, mediaOfPosts, takeLease } from './store-targets.ts'
import type { Claim } from './types.ts'

/**
 * Takes a target for this process if there is something to do with it now: then its lease and the
 * next fence are ours. Null when there is nothing to do; if there will be, a job waits for it.
 */
export async function claimTarget(
  scope: Scope,
  targetId: string,
): Promise<{ claim: Claim; move: 'send' | 'settle' } | null> {
  return scope.tx(async (tx) => {
    const found = await lockTarget(tx, scope.workspaceId, targetId)
    if (!found) return null
    const { target, post, now } = found
    const [connection] = await connectionFacts(tx, scope, [target.connectionId])
    if (!connection) throw new Error('A target without its connection')
    const media = await mediaOfPosts(tx, scope.workspaceId, [post.id])
    const move = nextMove(target, {
      now,
      contentHash: contentHash(post, await contentOf(tx, scope, media), target),
      approvedHash: found.approvedHash,
      connection,
      lateCutoffMs: scope.config.lateCutoffHours * 3_600_000,
    })
    if (move.do === 'nothing') return null
    if (move.do === 'wait') {
      await scope.jobs.send(
        tx,
        publishTarget,
        { workspaceId: scope.workspaceId, targetId },
        move.until,
      )
      return null
    }
    const number = target.failures + target.resubmits + 1
    if (move.do === 'hold') {
      await hold(tx, scope, { target, fence: target.fence, number }, move)
      return null
    }
    const state = isOutcomeUnknown(stateOf(target)) ? 'confirming' : 'publishing'
    const leased = await takeLease(tx, target, state, leaseAt(scope.config.pace))
    if (target.state === 'scheduled') {
      await insertAttempt(tx, target, {
        number,
        phase: 'claim',
        outcome: 'ok',
        words: number === 1 ? 'Its time has come: began.' : `Began try ${number}.`,
      })
      await record(tx, happened(leased, 'target.started'))
    }
    return { claim: { target: leased, fence: leased.fence, number }, move: move.do }
  })
}
