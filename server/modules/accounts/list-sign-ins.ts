import type { Visitor } from '../../platform/api.ts'
import { selectSessions } from './session-store.ts'

/** Where the person is signed in now, the latest used first. */
export async function listSignIns(visitor: Visitor) {
  const rows = await visitor.database.global((tx) => selectSessions(tx, visitor.personId))
  return {
    items: rows.map((row) => ({
      id: row.id,
      current: row.id === visitor.sessionId,
      ip: row.ip,
      userAgent: row.userAgent,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
    })),
  }
}
