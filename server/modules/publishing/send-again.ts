import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { record } from '../../platform/events.ts'
import { contentHash } from './content.ts'
import { contentOf } from './load-outgoing.ts'
import { happened } from './outcomes.ts'
import { publishTarget } from './signals.ts'
import { approveTarget, insertAttempt, mediaOfPosts, putInCalendar } from './store-targets.ts'
import type { AttemptRow, PostRow, TargetRow } from './types.ts'

/** What a person did, for the timeline of a target. */
export const personsNote = (target: TargetRow, words: string) =>
  ({
    number: target.failures + target.resubmits + 1,
    phase: 'person',
    outcome: 'noted',
    words,
  }) satisfies Partial<AttemptRow>

/** Sends a locked target again, now. The act approves what the post says now. */
export async function sendAgain(
  tx: Tx,
  caller: Caller,
  { target, post, now }: { target: TargetRow; post: PostRow; now: Date },
  words: string,
): Promise<void> {
  const { workspaceId } = caller
  const media = await mediaOfPosts(tx, workspaceId, [post.id])
  const hash = contentHash(post, await contentOf(tx, caller, media), target)
  const approvalId = await approveTarget(tx, target, hash, caller.personId)
  await insertAttempt(tx, target, personsNote(target, words))
  await putInCalendar(tx, target, { dueAt: now, slotAt: null, approvalId })
  await caller.jobs.send(tx, publishTarget, { workspaceId, targetId: target.id })
  await record(tx, happened(target, 'target.scheduled'))
}
