import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { findPost, lockPost } from './store-posts.ts'
import { findTarget, lockTarget } from './store-targets.ts'
import type { PostRow, TargetRow } from './types.ts'

/** The post, or 404: also for one of another workspace. */
export async function postFor(tx: Tx, caller: Caller, id: string): Promise<PostRow> {
  return (await findPost(tx, caller.workspaceId, id)) ?? gone('post')
}

/** The post, locked, if it still is the version that the caller read. */
export async function postToChange(
  tx: Tx,
  caller: Caller,
  id: string,
  version: number,
): Promise<PostRow> {
  const post = (await lockPost(tx, caller.workspaceId, id)) ?? gone('post')
  if (post.version === version) return post
  throw new AppError('stale_edit', {
    message: 'Somebody else saved this post since you opened it.',
    field: 'version',
    fix: 'Look at what they changed, then save yours on top or drop it.',
    details: { version: post.version },
  })
}

export async function targetFor(tx: Tx, caller: Caller, id: string): Promise<TargetRow> {
  return (await findTarget(tx, caller.workspaceId, id)) ?? gone('target')
}

/** The target, locked, with its post. */
export async function targetToChange(tx: Tx, caller: Caller, id: string) {
  return (await lockTarget(tx, caller.workspaceId, id)) ?? gone('target')
}

function gone(what: string): never {
  throw new AppError('not_found', { message: `There is no such ${what}.`, field: 'id' })
}
