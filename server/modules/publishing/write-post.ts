import type { PostContent } from '../../../contract/publishing.ts'
import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { assetFacts } from '../media/index.ts'
import { connectionFacts } from '../networks/index.ts'
import type { Choice } from './check-post.ts'
import { presentPost } from './present.ts'
import { insertPost, insertTargets, replaceMedia } from './store-posts.ts'

/** Writes a new post as a draft. */
export async function writePost(caller: Caller, input: PostContent & { targets: Choice[] }) {
  return caller.tx(async (tx) => {
    const { title, body, link } = input
    const { workspaceId, personId } = caller
    await demandAssets(tx, caller, input.media)
    const places = await placesOf(tx, caller, input.targets)
    const post = await insertPost(tx, { workspaceId, createdBy: personId, title, body, link })
    await replaceMedia(tx, workspaceId, post.id, input.media)
    await insertTargets(tx, workspaceId, post.id, places)
    await record(tx, { workspaceId, name: 'post.written', subject: { kind: 'post', id: post.id } })
    return presentPost(tx, caller, post)
  })
}

/** The rows for chosen targets. @throws AppError naming a connection that is not there. */
export async function placesOf(tx: Tx, caller: Caller, choices: Choice[]) {
  const connections = await connectionFacts(
    tx,
    caller,
    choices.map((choice) => choice.connectionId),
  )
  return choices.map(({ connectionId, destination }, position) => {
    const connection = connections.find((one) => one.id === connectionId)
    if (!connection) {
      throw new AppError('unprocessable', {
        message: 'There is no such connection.',
        field: `targets.${position}.connectionId`,
        fix: 'Choose one of the connections of this workspace.',
      })
    }
    return {
      position,
      connectionId,
      network: connection.network,
      destinationId: destination?.id ?? null,
      destinationChildId: destination?.childId ?? null,
    }
  })
}

/** @throws AppError naming a file that is not in this workspace's library. */
export async function demandAssets(
  tx: Tx,
  caller: Caller,
  media: PostContent['media'],
): Promise<void> {
  const ids = media.flatMap((item) =>
    item.coverAssetId ? [item.assetId, item.coverAssetId] : [item.assetId],
  )
  const files = await assetFacts(tx, caller, ids)
  for (const [index, item] of media.entries()) {
    const missing = [item.assetId, item.coverAssetId].some((id) => id && !files.has(id))
    if (!missing) continue
    throw new AppError('unprocessable', {
      message: 'There is no such file in the library.',
      field: `media.${index}`,
      fix: 'Choose a file of the library, or upload it first.',
    })
  }
}
