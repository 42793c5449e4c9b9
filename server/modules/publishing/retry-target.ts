import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { targetToChange } from './access.ts'
import { contentHash } from './content.ts'
import { contentOf } from './load-outgoing.ts'
import { happened } from './outcomes.ts'
import { canRetry, presentTarget } from './present.ts'
import { publishTarget } from './signals.ts'
import {
  approveTarget,
  findTarget,
  insertAttempt,
  mediaOfPosts,
  putInCalendar,
} from './store-targets.ts'

/** Sends again, now, what surely did not go out. The act approves what the post says now. */
export async function retryTarget(caller: Caller, { id }: { id: string }) {
  return caller.tx(async (tx) => {
    const { workspaceId } = caller
    const { target, post, now } = await targetToChange(tx, caller, id)
    if (!canRetry(target)) {
      throw new AppError('conflict', {
        message: 'Only what surely did not go out can be tried again.',
        fix:
          target.state === 'needs_review'
            ? 'Look whether it is there, and tell us.'
            : 'Look at its page.',
      })
    }
    const media = await mediaOfPosts(tx, workspaceId, [post.id])
    const hash = contentHash(post, await contentOf(tx, caller, media), target)
    const approvalId = await approveTarget(tx, target, hash, caller.personId)
    await insertAttempt(tx, target, {
      number: target.failures + target.resubmits + 1,
      phase: 'person',
      outcome: 'noted',
      words: 'A person asked to try again.',
    })
    await putInCalendar(tx, target, { dueAt: now, slotAt: null, approvalId })
    await caller.jobs.send(tx, publishTarget, { workspaceId, targetId: id })
    await record(tx, happened(target, 'target.scheduled'))
    return presentTarget(caller, (await findTarget(tx, workspaceId, id)) ?? target)
  })
}
