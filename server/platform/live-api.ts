import { implement, withEventMeta } from '@orpc/server'
import { live } from '../../contract/live.ts'
import { type ApiContext, inside } from './api.ts'
import type { Caller } from './context.ts'
import { AppError } from './errors.ts'
import { parseCursor } from './live.ts'

const builder = implement(live).$context<ApiContext>().use(inside)

/** Server-sent events of a workspace, from `Last-Event-ID` on. */
export const liveApi = {
  // Where it begins is settled before the answer does: a bad cursor is told as an error of its own,
  // and whoever has the first byte of the answer misses nothing from then on.
  events: builder.events.handler(async ({ context: { caller }, lastEventId, signal }) => {
    if (lastEventId !== undefined) assertCursor(lastEventId)
    const from = lastEventId ?? (await caller.live.now(caller.workspaceId))
    return eventsOf(caller, from, signal ?? new AbortController().signal)
  }),
}

async function* eventsOf(caller: Caller, cursor: string, ended: AbortSignal) {
  for await (const { cursor: id, row } of caller.live.follow(caller.workspaceId, cursor, ended)) {
    yield withEventMeta(
      {
        name: row.name,
        subject: { kind: row.subjectKind, id: row.subjectId },
        parent: row.parentKind && row.parentId ? { kind: row.parentKind, id: row.parentId } : null,
        at: row.at.toISOString(),
      },
      { id },
    )
  }
}

function assertCursor(cursor: string): void {
  try {
    parseCursor(cursor)
  } catch (cause) {
    throw new AppError('bad_request', {
      message: 'This is not a cursor of the stream.',
      field: 'last-event-id',
      fix: 'Leave the header out to start from now.',
      cause,
    })
  }
}
