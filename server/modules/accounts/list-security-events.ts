import { z } from 'zod'
import type { Visitor } from '../../platform/api.ts'
import { AppError } from '../../platform/errors.ts'
import { wordsOf } from './security-words.ts'
import { selectSecurityEvents } from './session-store.ts'

/** What happened to the person's account, newest first. The cursor is the id of the last row. */
export async function listSecurityEvents(
  visitor: Visitor,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success) {
    throw new AppError('bad_request', {
      message: 'This cursor is not one of ours.',
      field: 'cursor',
      fix: 'Start again without a cursor.',
    })
  }
  const rows = await visitor.database.global((tx) =>
    selectSecurityEvents(tx, visitor.personId, { before: cursor, limit: limit + 1 }),
  )
  const items = rows.slice(0, limit)
  return {
    items: items.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      kind: row.kind,
      words: wordsOf(row.kind),
      ip: row.ip,
      userAgent: row.userAgent,
    })),
    nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
  }
}
