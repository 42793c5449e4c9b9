import type { TargetState } from '../../../contract/publishing.ts'
import type { SettlePolicy } from '../networks/index.ts'
import type { TargetRow } from './types.ts'

/** Longest that a step may be silent before another process takes the target over. */
const leaseMs = 30_000
// However fast the waits pass in a proof: less than this a busy machine cannot keep.
const shortestLeaseMs = 3_000
export const leaseAt = (pace: number) => Math.max(shortestLeaseMs, leaseMs / pace)
/** Tries that may fail before any effect until a person is asked. About a day, with the waits below. */
export const mostFailures = 12

const open: readonly TargetState[] = [
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'held',
  'failed',
]
export const beforeTheCall: readonly TargetState[] = ['publishing', 'prepared']
export const outcomeUnknown: readonly TargetState[] = ['armed', 'submitted', 'confirming']
const ended: readonly TargetState[] = ['published', 'failed', 'needs_review', 'cancelled']

export const stateOf = (target: Pick<TargetRow, 'state'>) => target.state as TargetState
export const isEnded = (state: TargetState) => ended.includes(state)
export const isOutcomeUnknown = (state: TargetState) => outcomeUnknown.includes(state)
/** Nothing irreversible has begun, so a person may still change or stop it. */
export const canStillChange = (state: TargetState) =>
  open.includes(state) || beforeTheCall.includes(state)
/** It went out, or may have: its post must stay as it was. */
export const isOut = (state: TargetState) =>
  outcomeUnknown.includes(state) || state === 'published' || state === 'needs_review'

export type Facts = {
  now: Date
  /** Hash of what would go out now, and the one that was approved. */
  contentHash: string
  approvedHash: string | null
  connection: { status: string; label: string; pausedUntil: Date | null }
  lateCutoffMs: number
}

export type Move =
  | { do: 'nothing' }
  | { do: 'wait'; until: Date }
  | { do: 'hold'; reason: HoldReason; words: string }
  | { do: 'send' }
  | { do: 'settle' }

export type HoldReason = 'late' | 'sign_in' | 'not_approved' | 'disconnected'

/** What to do with a target right now. Pure: all it needs is in the row and the facts. */
export function nextMove(target: TargetRow, facts: Facts): Move {
  const state = stateOf(target)
  if (
    isEnded(state) ||
    !(isOutcomeUnknown(state) || beforeTheCall.includes(state) || state === 'scheduled')
  ) {
    return { do: 'nothing' }
  }
  if (target.leaseUntil && target.leaseUntil > facts.now)
    return { do: 'wait', until: target.leaseUntil }
  if (target.nextTryAt && target.nextTryAt > facts.now)
    return { do: 'wait', until: target.nextTryAt }
  if (isOutcomeUnknown(state)) {
    // While the call could still arrive, a look proves nothing.
    if (target.callEndsAt && target.callEndsAt > facts.now)
      return { do: 'wait', until: target.callEndsAt }
    return { do: 'settle' }
  }
  if (!target.dueAt) return { do: 'nothing' }
  if (target.dueAt > facts.now) return { do: 'wait', until: target.dueAt }
  return mayGoOut(target, facts)
}

function mayGoOut(target: TargetRow, facts: Facts): Move {
  const { connection } = facts
  if (connection.status === 'revoked') {
    return { do: 'hold', reason: 'disconnected', words: `“${connection.label}” is disconnected.` }
  }
  if (connection.status === 'needs_sign_in') {
    return {
      do: 'hold',
      reason: 'sign_in',
      words: `“${connection.label}” needs you to sign in again. It goes out once you have.`,
    }
  }
  if (facts.approvedHash !== facts.contentHash) {
    return {
      do: 'hold',
      reason: 'not_approved',
      words: 'It was changed after it was approved. Schedule it again to approve what it says now.',
    }
  }
  if (target.dueAt && facts.now.getTime() - target.dueAt.getTime() > facts.lateCutoffMs) {
    return {
      do: 'hold',
      reason: 'late',
      words:
        'Its time passed too long ago, so it was not sent. Publish it now, or choose another time.',
    }
  }
  if (connection.pausedUntil && connection.pausedUntil > facts.now) {
    return { do: 'wait', until: connection.pausedUntil }
  }
  return { do: 'send' }
}

/** Wait before the next try, ms: 5 s doubled each time, at most an hour. */
export function retryAfterMs(failures: number): number {
  return Math.min(5_000 * 2 ** Math.max(0, failures - 1), 3_600_000)
}

export type Verdict =
  | { kind: 'published'; externalId: string; externalUrl: string }
  | { kind: 'look_again'; afterMs: number }
  | { kind: 'submit_again' }
  | { kind: 'ask'; words: string }

/**
 * What a look settles. One unclaimed match is ours. None proves its absence only after enough looks
 * and enough time; then it may be submitted once more. Anything else is a person's to decide.
 */
export function judgeLook(
  policy: SettlePolicy,
  found: { externalId: string; externalUrl: string }[],
  history: { looks: number; sinceArmedMs: number; resubmits: number },
): Verdict {
  const [only, another] = found
  if (only && another) {
    return {
      kind: 'ask',
      words: `There are ${found.length} posts that look like this one. Which is ours cannot be told.`,
    }
  }
  if (only) return { kind: 'published', ...only }
  const looks = history.looks + 1
  const untilAbsent = policy.absentAfterMs - history.sinceArmedMs
  if (looks < policy.looks || untilAbsent > 0) {
    const lastLook = looks + 1 >= policy.looks
    return {
      kind: 'look_again',
      afterMs: Math.max(policy.betweenLooksMs, lastLook ? untilAbsent : 0),
    }
  }
  if (history.resubmits < policy.resubmits) return { kind: 'submit_again' }
  return {
    kind: 'ask',
    words:
      'The network never answered, and it is not to be found there. It may still have gone out.',
  }
}
