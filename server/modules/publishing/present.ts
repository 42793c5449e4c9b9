import type { Can } from '../../../contract/base.ts'
import type { Post, Target, TargetState } from '../../../contract/publishing.ts'
import { type Caller, mayI } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { memberNames } from '../accounts/index.ts'
import { presentAssets } from '../media/index.ts'
import { canStillChange, isOut, stateOf } from './rules.ts'
import { mediaOfPosts, targetsOfPosts } from './store-targets.ts'
import type { PostRow, TargetRow } from './types.ts'

export async function presentPost(tx: Tx, caller: Caller, post: PostRow): Promise<Post> {
  const { workspaceId } = caller
  const media = await mediaOfPosts(tx, workspaceId, [post.id])
  const assets = await presentAssets(
    tx,
    caller,
    media.map((item) => item.assetId),
  )
  const targets = await targetsOfPosts(tx, workspaceId, [post.id])
  const names = await memberNames(tx, [post.createdBy])
  return {
    id: post.id,
    version: post.version,
    title: post.title,
    body: post.body,
    link: post.link,
    media: media.flatMap(({ assetId, altText, coverAssetId, coverAtMs }) => {
      const asset = assets.get(assetId)
      return asset ? [{ asset, altText, coverAssetId, coverAtMs }] : []
    }),
    targets: targets.map((target) => presentTarget(caller, target)),
    createdBy: names.get(post.createdBy) ?? 'Somebody who left',
    createdAt: post.createdAt.toISOString(),
    updatedAt: post.updatedAt.toISOString(),
    can: canOfPost(caller, targets),
  }
}

function canOfPost(caller: Caller, targets: TargetRow[]): Post['can'] {
  const out = targets.some((target) => isOut(stateOf(target)))
  const kept = 'It went out, or is going out. Duplicate it to change the copy.'
  const waiting =
    targets.length === 0 ||
    targets.some((target) => canStillChange(stateOf(target)) || target.state === 'cancelled')
  return {
    edit: both(mayI(caller, 'posts.write'), !out, kept),
    delete: both(
      mayI(caller, 'posts.write'),
      !out,
      'It went out, or is going out, so its history stays.',
    ),
    schedule: both(mayI(caller, 'posts.publish'), waiting, 'Every target went out already.'),
  }
}

export function presentTarget(caller: Caller, target: TargetRow): Target {
  const state = stateOf(target)
  const { destinationId, destinationChildId } = target
  return {
    id: target.id,
    postId: target.postId,
    connectionId: target.connectionId,
    network: target.network,
    destination: destinationId ? { id: destinationId, childId: destinationChildId } : null,
    state,
    stateWords: stateWords(state, target),
    dueAt: target.dueAt?.toISOString() ?? null,
    publishedAt: target.publishedAt?.toISOString() ?? null,
    externalId: target.externalId,
    externalUrl: target.externalUrl,
    nextTryAt: target.nextTryAt?.toISOString() ?? null,
    can: canOfTarget(caller, target, state),
  }
}

function canOfTarget(caller: Caller, target: TargetRow, state: TargetState): Target['can'] {
  const may = mayI(caller, 'posts.publish')
  const goesOut = isOut(state) ? 'It went out, or is going out.' : 'It is not in the calendar.'
  return {
    reschedule: both(may, canReschedule(state), goesOut),
    cancel: both(may, canStillChange(state) && state !== 'draft', goesOut),
    retry: both(
      may,
      canRetry(target),
      'There is nothing to try again: only what surely did not go out can be.',
    ),
    resolve: both(may, state === 'needs_review', 'Its outcome is known.'),
  }
}

/** It has a time, or had one, and nothing irreversible has begun. */
export const canReschedule = (state: TargetState) =>
  ['scheduled', 'held', 'failed', 'publishing', 'prepared'].includes(state)

/** Nothing of it is visible at the network, so that sending it cannot make a second one. */
export const canRetry = (target: Pick<TargetRow, 'state' | 'nextTryAt'>) =>
  target.state === 'failed' ||
  target.state === 'held' ||
  (target.state === 'scheduled' && target.nextTryAt !== null)

const both = (may: Can, possible: boolean, why: string): Can =>
  !may.ok ? may : possible ? { ok: true, why: null } : { ok: false, why }

const words: Record<TargetState, string> = {
  draft: 'A draft. It goes out only once you publish or schedule it.',
  in_review: 'Waits for approval.',
  approved: 'Approved, not yet in the calendar.',
  scheduled: 'In the calendar.',
  publishing: 'Going out now.',
  prepared: 'Files are there; about to be published.',
  armed: 'Being published right now.',
  submitted: 'Sent. Waiting for the network to confirm.',
  confirming: 'The network did not answer. We look whether it went out; it is not sent twice.',
  published: 'Published.',
  failed: 'It did not go out.',
  needs_review: 'We cannot tell whether it went out. Please look, and tell us.',
  held: 'On hold. Nothing went out.',
  cancelled: 'Cancelled. Nothing went out.',
}

function stateWords(state: TargetState, { reason }: TargetRow): string {
  const told = reason?.replace(/^[a-z_]+: /, '')
  return told && state !== 'published' ? `${words[state]} ${told}` : words[state]
}
