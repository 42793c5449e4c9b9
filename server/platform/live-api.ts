import { implement, withEventMeta } from '@orpc/server'
import { live } from '../../contract/live.ts'
import { type ApiContext, inside } from './api.ts'
import { AppError } from './errors.ts'
import { parseCursor } from './live.ts'

const builder = implement(live).$context<ApiContext>().use(inside)

/** Server-sent events of a workspace, from `Last-Event-ID` on. */
export const liveApi = {
  events: builder.events.handler(async function* ({ context: { caller }, lastEventId, signal }) {
    if (lastEventId !== undefined) assertCursor(lastEventId)
    const ended = signal ?? new AbortController().signal
    for await (const { cursor, row } of caller.live.follow(
      caller.workspaceId,
      lastEventId,
      ended,
    )) {
      yield withEventMeta(
        {
          name: row.name,
          subject: { kind: row.subjectKind, id: row.subjectId },
          parent:
            row.parentKind && row.parentId ? { kind: row.parentKind, id: row.parentId } : null,
          at: row.at.toISOString(),
        },
        { id: cursor },
      )
    }
  }),
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
