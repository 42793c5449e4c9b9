import type { Caller } from '../../platform/context.ts'
import { openCursor, sealCursor } from '../../platform/cursor.ts'
import { AppError } from '../../platform/errors.ts'
import { workspaceSettings } from '../accounts/index.ts'
import { thumbnailUrls } from '../media/index.ts'
import { startOfDay } from './local-time.ts'
import { canReschedule } from './present.ts'
import { stateOf } from './rules.ts'
import { listCalendar } from './store-posts.ts'

type Input = {
  from: string
  to: string
  connectionId?: string | undefined
  state?: string | undefined
  cursor?: string | undefined
  limit: number
}

const longestSpanMs = 100 * 86_400_000

/** Targets due from the beginning of a day to the beginning of another, in the workspace's zone. */
export async function showCalendar(caller: Caller, input: Input) {
  return caller.tx(async (tx) => {
    const { timeZone } = await workspaceSettings(caller, tx)
    const from = startOfDay(input.from, timeZone)
    const to = startOfDay(input.to, timeZone)
    if (to <= from || to.getTime() - from.getTime() > longestSpanMs) {
      throw new AppError('bad_request', {
        message: 'A calendar shows from 1 to 100 days.',
        field: 'to',
        fix: 'Choose a day after “from”, at most 100 days later.',
      })
    }
    const [dueAt, id] = openCursor(input.cursor, 2)
    const { state, connectionId, limit } = input
    const after = dueAt && id ? { dueAt: new Date(dueAt), id } : undefined
    const filter = { from, to, timeZone, state, connectionId, after, limit: limit + 1 }
    const found = await listCalendar(tx, caller.workspaceId, filter)
    const rows = found.slice(0, limit)
    const thumbnails = await thumbnailUrls(
      tx,
      caller,
      rows.flatMap((row) => row.firstAssetId ?? []),
    )
    const may = caller.permissions.has('posts.publish')
    const last = rows.at(-1)?.target
    return {
      items: rows.map(({ target, title, excerpt, firstAssetId, dueLocal }) => ({
        targetId: target.id,
        postId: target.postId,
        connectionId: target.connectionId,
        network: target.network,
        state: stateOf(target),
        dueAt: target.dueAt?.toISOString() ?? '',
        dueLocal,
        title,
        excerpt,
        thumbnailUrl: thumbnails.get(firstAssetId ?? '') ?? null,
        canReschedule: may && canReschedule(stateOf(target)),
      })),
      nextCursor:
        found.length > limit && last?.dueAt ? sealCursor(last.dueAt.toISOString(), last.id) : null,
    }
  })
}
