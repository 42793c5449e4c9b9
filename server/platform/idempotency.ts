import { and, eq, sql } from 'drizzle-orm'
import { expired } from './clocks.ts'
import type { Caller } from './context.ts'
import { AppError } from './errors.ts'
import { newId } from './ids.ts'
import { idempotentCallsClass } from './personal-data.ts'
import { idempotentCalls } from './tables.ts'

type Call = {
  key: string
  route: string
  requestHash: string
  /** The answer holds a secret that must not be kept: a repeat is refused instead. */
  secret: boolean
}

/**
 * Runs a creating call once for its `Idempotency-Key`. Key, change and answer are one transaction:
 * either all of it happened, or nothing. A second call with the key waits for the first and gets its
 * answer; with another body it gets 409.
 */
export async function answerOnce(
  caller: Caller,
  call: Call,
  run: (caller: Caller) => Promise<unknown>,
): Promise<unknown> {
  if (!/^[\x21-\x7e]{1,255}$/.test(call.key)) {
    throw new AppError('bad_request', {
      message: 'An Idempotency-Key is 1 to 255 visible characters.',
      field: 'idempotency-key',
      fix: 'Send a new UUID for each thing that you mean to create.',
    })
  }
  return caller.tx(async (tx) => {
    const mine = {
      workspaceId: caller.workspaceId,
      callerId: caller.actor.id,
      key: call.key,
    }
    const same = and(
      eq(idempotentCalls.workspaceId, mine.workspaceId),
      eq(idempotentCalls.callerId, mine.callerId),
      eq(idempotentCalls.key, mine.key),
    )
    // An answer that is past its time is not there, whether or not the sweeper has been here.
    await tx.delete(idempotentCalls).where(and(same, expired(idempotentCallsClass)))
    // Waits here while another call with the key is under way.
    const inserted = await tx
      .insert(idempotentCalls)
      .values({ ...mine, id: newId(), route: call.route, requestHash: call.requestHash })
      .onConflictDoNothing({
        target: [idempotentCalls.workspaceId, idempotentCalls.callerId, idempotentCalls.key],
      })
      .returning({ id: idempotentCalls.id })
    if (inserted.length === 0) {
      const [before] = await tx.select().from(idempotentCalls).where(same)
      return repeated(before, call)
    }
    const answer = await run({ ...caller, tx: (inner) => inner(tx) })
    await tx
      .update(idempotentCalls)
      .set({ answer: call.secret ? sql`null` : answer })
      .where(same)
    return answer
  })
}

function repeated(before: typeof idempotentCalls.$inferSelect | undefined, call: Call): unknown {
  if (before?.route !== call.route || before.requestHash !== call.requestHash) {
    throw new AppError('idempotency_mismatch', {
      message: 'This Idempotency-Key was used for another request.',
      field: 'idempotency-key',
      fix: 'Use a new key for a new request.',
    })
  }
  if (call.secret) {
    throw new AppError('conflict', {
      message: 'This was created by your first request, and its secret is shown only once.',
      fix: 'If you did not get it, revoke it and create another with a new Idempotency-Key.',
    })
  }
  return before.answer
}
