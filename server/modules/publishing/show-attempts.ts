import type { z } from 'zod'
import type { Attempt as AttemptShape } from '../../../contract/publishing.ts'
import type { Caller } from '../../platform/context.ts'
import { targetFor } from './access.ts'
import { attemptsOf } from './store-targets.ts'

type Attempt = z.infer<typeof AttemptShape>

/** Every attempt of a target, oldest first. */
export async function showAttempts(
  caller: Caller,
  { id }: { id: string },
): Promise<{ items: Attempt[] }> {
  return caller.tx(async (tx) => {
    await targetFor(tx, caller, id)
    const rows = await attemptsOf(tx, caller.workspaceId, id)
    return {
      items: rows.map((row) => ({
        id: row.id,
        number: row.number,
        phase: row.phase as Attempt['phase'],
        outcome: row.outcome as Attempt['outcome'],
        at: row.at.toISOString(),
        words: row.words,
        detail: row.detail,
        durationMs: row.durationMs,
      })),
    }
  })
}
