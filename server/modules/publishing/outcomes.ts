import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { type Happening, record } from '../../platform/events.ts'
import { type NetworkError, needSignIn, type Published, pause } from '../networks/index.ts'
import { type HoldReason, mostFailures, retryAfterMs } from './rules.ts'
import { publishTarget, tellOutcome } from './signals.ts'
import { changeHeld, databaseNow, insertAttempt } from './store-targets.ts'
import type { AttemptRow, Claim, TargetRow } from './types.ts'

type Note = Pick<AttemptRow, 'phase' | 'words'> & Partial<Pick<AttemptRow, 'detail' | 'durationMs'>>

const free = { leaseUntil: null, nextTryAt: null } as const

/** It is out there. */
export async function published(
  tx: Tx,
  claim: Claim,
  post: Pick<Published, 'externalId' | 'externalUrl'>,
  note: Note,
): Promise<void> {
  const done = await changeHeld(tx, held(claim), {
    ...free,
    state: 'published',
    externalId: post.externalId,
    externalUrl: post.externalUrl,
    publishedAt: await databaseNow(tx),
    callEndsAt: null,
    reason: null,
  })
  if (!done) return
  await insertAttempt(tx, claim.target, { ...note, number: claim.number, outcome: 'ok' })
  await record(tx, happened(claim.target, 'target.published'))
}

/** Nothing is visible there, and trying again would change nothing. */
export async function failed(tx: Tx, scope: Scope, claim: Claim, note: Note): Promise<void> {
  const done = await changeHeld(tx, held(claim), {
    ...free,
    state: 'failed',
    callEndsAt: null,
    reason: note.words,
  })
  if (done) await end(tx, scope, claim, note, 'rejected', 'target.failed')
}

/** It may be there. Only a person can say. */
export async function askPerson(tx: Tx, scope: Scope, claim: Claim, note: Note): Promise<void> {
  const done = await changeHeld(tx, held(claim), {
    ...free,
    state: 'needs_review',
    callEndsAt: null,
    reason: note.words,
  })
  if (done) await end(tx, scope, claim, note, 'unknown_outcome', 'target.needs_review')
}

/** It waits for a person or for its connection. Nothing has gone out. */
export async function hold(
  tx: Tx,
  scope: Scope,
  claim: Claim,
  why: { reason: HoldReason; words: string },
  note: Partial<Note> = {},
): Promise<void> {
  const done = await changeHeld(tx, held(claim), {
    ...free,
    state: 'held',
    reason: `${why.reason}: ${why.words}`,
    callEndsAt: null,
    armedAt: null,
  })
  if (!done) return
  const outcome = why.reason === 'sign_in' ? 'reauthorise' : 'noted'
  await end(tx, scope, claim, { phase: 'claim', words: why.words, ...note }, outcome, 'target.held')
}

/** Nothing has gone out; it goes back to the calendar until `until`. */
export async function waitUntil(
  tx: Tx,
  scope: Scope,
  claim: Claim,
  until: Date,
  note: Note & { outcome: AttemptRow['outcome'] },
  change: { failures?: number; resubmits?: number } = {},
): Promise<void> {
  const done = await changeHeld(tx, held(claim), {
    ...change,
    state: 'scheduled',
    leaseUntil: null,
    nextTryAt: until,
    armedAt: null,
    callEndsAt: null,
    reason: note.words,
  })
  if (!done) return
  await insertAttempt(tx, claim.target, { ...note, number: claim.number })
  await again(tx, scope, claim, until)
  await record(tx, happened(claim.target, 'target.waiting'))
}

/** What an error before any effect leads to. */
export async function notSent(
  tx: Tx,
  scope: Scope,
  claim: Claim,
  error: NetworkError,
  met: { phase: Note['phase']; tokenVersion?: number | undefined; durationMs?: number },
): Promise<void> {
  const { phase, tokenVersion, durationMs = null } = met
  const said = { phase, durationMs, words: error.words, detail: error.detail }
  if (error.kind === 'rejected') return failed(tx, scope, claim, said)
  if (error.kind === 'reauthorise') {
    await needSignIn(tx, scope, claim.target.connectionId, error.words, tokenVersion)
    const words = `${error.words} Sign in again on the connections page; then it goes out.`
    return hold(tx, scope, claim, { reason: 'sign_in', words }, said)
  }
  const now = await databaseNow(tx)
  if (error.kind === 'quota') {
    const until = error.until ?? new Date(now.getTime() + 60_000)
    await pause(tx, scope, claim.target.connectionId, until)
    return waitUntil(tx, scope, claim, until, { ...said, outcome: 'quota' })
  }
  const failures = claim.target.failures + 1
  if (failures >= mostFailures) {
    const words = `Tried ${failures} times, without success: ${error.words}`
    return failed(tx, scope, claim, { ...said, words })
  }
  const until = new Date(now.getTime() + retryAfterMs(failures) / scope.config.pace)
  await waitUntil(tx, scope, claim, until, { ...said, outcome: 'retryable' }, { failures })
}

/** It is out of our hands; we look what became of it at `until`. */
export async function lookLater(
  tx: Tx,
  scope: Scope,
  claim: Claim,
  until: Date,
  change: Partial<Pick<TargetRow, 'state' | 'handle' | 'looks' | 'reason'>>,
  note: Note & { outcome: AttemptRow['outcome']; event: string },
): Promise<void> {
  const { event, ...attempt } = note
  const kept = await changeHeld(tx, held(claim), { ...change, leaseUntil: null, nextTryAt: until })
  if (!kept) return
  await insertAttempt(tx, claim.target, { ...attempt, number: claim.number })
  await again(tx, scope, claim, until)
  await record(tx, happened(claim.target, event))
}

/** Comes back to the target at `at`. */
export async function again(tx: Tx, scope: Scope, claim: Claim, at: Date): Promise<void> {
  await scope.jobs.send(
    tx,
    publishTarget,
    { workspaceId: scope.workspaceId, targetId: claim.target.id },
    at,
  )
}

export const held = ({ target, fence }: Claim) => ({
  workspaceId: target.workspaceId,
  id: target.id,
  fence,
})

export function happened(target: TargetRow, name: string): Happening {
  return {
    workspaceId: target.workspaceId,
    name,
    subject: { kind: 'target', id: target.id },
    parent: { kind: 'post', id: target.postId },
  }
}

async function end(
  tx: Tx,
  scope: Scope,
  claim: Claim,
  note: Note,
  outcome: AttemptRow['outcome'],
  name: string,
): Promise<void> {
  const attemptId = await insertAttempt(tx, claim.target, {
    ...note,
    number: claim.number,
    outcome,
  })
  const { workspaceId, id: targetId } = claim.target
  await scope.jobs.send(tx, tellOutcome, { workspaceId, targetId, attemptId })
  await record(tx, happened(claim.target, name))
}
