import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { postFor } from './access.ts'
import { isOut, stateOf } from './rules.ts'
import { deletePostRow } from './store-posts.ts'
import { lockTargetsOfPost } from './store-targets.ts'

/** Deletes a post with everything that was planned for it. What went out stays as history. */
export async function deletePost(
  caller: Caller,
  { id }: { id: string },
): Promise<{ deleted: true }> {
  return caller.tx(async (tx) => {
    await postFor(tx, caller, id)
    const targets = await lockTargetsOfPost(tx, caller.workspaceId, id)
    if (targets.some((target) => isOut(stateOf(target)))) {
      throw new AppError('conflict', {
        message: 'It went out, or is going out, so its history stays.',
        fix: 'Cancel what has not gone out yet on the page of the post.',
      })
    }
    await deletePostRow(tx, caller.workspaceId, id)
    await record(tx, {
      workspaceId: caller.workspaceId,
      name: 'post.deleted',
      subject: { kind: 'post', id },
    })
    return { deleted: true }
  })
}
