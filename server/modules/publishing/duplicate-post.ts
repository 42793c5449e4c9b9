import type { Caller } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { postFor } from './access.ts'
import { presentPost } from './present.ts'
import { insertPost, insertTargets, replaceMedia } from './store-posts.ts'
import { mediaOfPosts, targetsOfPosts } from './store-targets.ts'

/** Copies a post, its files and places as a draft. */
export async function duplicatePost(caller: Caller, { id }: { id: string }) {
  return caller.tx(async (tx) => {
    const { workspaceId, personId } = caller
    const { title, body, link } = await postFor(tx, caller, id)
    const copy = await insertPost(tx, { workspaceId, createdBy: personId, title, body, link })
    await replaceMedia(tx, workspaceId, copy.id, await mediaOfPosts(tx, workspaceId, [id]))
    const places = (await targetsOfPosts(tx, workspaceId, [id])).map(
      ({ position, connectionId, network, destinationId, destinationChildId }) => ({
        position,
        connectionId,
        network,
        destinationId,
        destinationChildId,
      }),
    )
    await insertTargets(tx, workspaceId, copy.id, places)
    await record(tx, { workspaceId, name: 'post.written', subject: { kind: 'post', id: copy.id } })
    return presentPost(tx, caller, copy)
  })
}
