import type { PostContent } from '../../../contract/publishing.ts'
import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { postToChange } from './access.ts'
import type { Choice } from './check-post.ts'
import { happened } from './outcomes.ts'
import { presentPost } from './present.ts'
import { canStillChange, isOut, stateOf } from './rules.ts'
import { deleteTargets, insertTargets, replaceMedia, savePost } from './store-posts.ts'
import { backToDraft, lockTargetsOfPost } from './store-targets.ts'
import type { TargetRow } from './types.ts'
import { demandAssets, placesOf } from './write-post.ts'

type Edit = Partial<PostContent> & { id: string; version: number; targets?: Choice[] | undefined }

/**
 * Saves an edit. It takes back the approval of every target: they become drafts again, also one that
 * is being prepared right now. A post that went out, or may have, is not edited.
 */
export async function editPost(
  caller: Caller,
  { id, version, targets: choices, media, ...words }: Edit,
) {
  return caller.tx(async (tx) => {
    await postToChange(tx, caller, id, version)
    const targets = await lockTargetsOfPost(tx, caller.workspaceId, id)
    refuseIfOut(targets)
    if (media) {
      await demandAssets(tx, caller, media)
      await replaceMedia(tx, caller.workspaceId, id, media)
    }
    const kept = choices ? await replaceTargets(tx, caller, id, targets, choices) : targets
    for (const target of kept) {
      if (target.state === 'draft' || !canStillChange(stateOf(target))) continue
      await backToDraft(tx, target)
      await record(tx, happened(target, 'target.unscheduled'))
    }
    const post = await savePost(tx, caller.workspaceId, id, words)
    await record(tx, {
      workspaceId: caller.workspaceId,
      name: 'post.edited',
      subject: { kind: 'post', id },
    })
    return presentPost(tx, caller, post)
  })
}

function refuseIfOut(targets: TargetRow[]): void {
  const out = targets.find((target) => isOut(stateOf(target)))
  if (!out) return
  const now = out.state !== 'published' && out.state !== 'needs_review'
  throw new AppError('conflict', {
    message: now
      ? 'It is going out right now.'
      : 'It went out already, so it stays as it was sent.',
    fix: 'Duplicate the post and change the copy.',
  })
}

/** Keeps targets whose place stays, in the new order; drops the others; adds new ones. */
async function replaceTargets(
  tx: Tx,
  caller: Caller,
  postId: string,
  before: TargetRow[],
  choices: Choice[],
): Promise<TargetRow[]> {
  const places = await placesOf(tx, caller, choices)
  const same = (target: TargetRow, place: (typeof places)[number]) =>
    target.connectionId === place.connectionId &&
    target.destinationId === place.destinationId &&
    target.destinationChildId === place.destinationChildId &&
    target.position === place.position
  const kept = before.filter((target) => places.some((place) => same(target, place)))
  const dropped = before.filter((target) => !kept.includes(target))
  await deleteTargets(
    tx,
    caller.workspaceId,
    dropped.map((target) => target.id),
  )
  const added = places.filter((place) => !kept.some((target) => same(target, place)))
  await insertTargets(tx, caller.workspaceId, postId, added)
  return kept
}
