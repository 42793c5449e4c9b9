import type { Scope } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import {
  type Adapter,
  adapterFor,
  connectionFacts,
  type Handle,
  NetworkError,
  type Outgoing,
  refusedToken,
  type Session,
  type Submitted,
  sessionFor,
} from '../networks/index.ts'
import { keepLease } from './keep-lease.ts'
import { loadOutgoing } from './load-outgoing.ts'
import {
  again,
  happened,
  held,
  hold,
  lookLater,
  notSent,
  published,
  waitUntil,
} from './outcomes.ts'
import { step } from './steps.ts'
import { armTarget, changeHeld, databaseNow, insertAttempt } from './store-targets.ts'
import type { Claim } from './types.ts'

type Work = { adapter: Adapter; session: Session; tokenVersion: number; outgoing: Outgoing }

/** Prepares, arms and submits a target whose time has come. */
export async function sendTarget(scope: Scope, claim: Claim, stop: AbortSignal): Promise<void> {
  const { id } = claim.target
  const adapter = adapterFor(claim.target.network)
  const lease = keepLease(scope, claim, stop)
  let work: Work | undefined
  try {
    work = await step('load', id, () => load(scope, claim, adapter))
    const handle = await prepare(scope, claim, work, lease.signal)
    if (!handle || !(await arm(scope, claim, work, handle))) return
    await submit(scope, claim, work, handle)
  } catch (error) {
    const said = asNetworkError(error)
    if (!said) throw error
    await giveBack(scope, claim, said, { phase: 'prepare', tokenVersion: work?.tokenVersion })
  } finally {
    lease.stop()
  }
}

/** A file that is gone, for instance, is a fault of what is to be sent, like a refusal of the network. */
function asNetworkError(error: unknown): NetworkError | undefined {
  if (error instanceof NetworkError) return error
  if (!(error instanceof AppError) || error.status >= 500) return undefined
  const words = [error.message, error.fix].filter(Boolean).join(' ')
  return new NetworkError('rejected', { words, detail: error.code, cause: error })
}

async function load(scope: Scope, claim: Claim, adapter: Adapter): Promise<Work> {
  const { session, tokenVersion } = await sessionFor(scope, claim.target.connectionId)
  return { adapter, session, tokenVersion, outgoing: await loadOutgoing(scope, claim.target) }
}

/** Reversible work. Null when the network needs time: a job comes back with the kept handle. */
async function prepare(
  scope: Scope,
  claim: Claim,
  work: Work,
  lost: AbortSignal,
): Promise<Handle | null> {
  const { id, handle } = claim.target
  const prepared = await step('prepare', id, () =>
    work.adapter.prepare(work.session, work.outgoing, handle),
  )
  lost.throwIfAborted()
  const nothingToKeep = prepared.kind === 'ready' && Object.keys(prepared.handle).length === 0
  if (nothingToKeep) return prepared.handle
  await step('keep', id, () =>
    scope.tx(async (tx) => {
      const waits = prepared.kind === 'wait'
      const until = new Date(
        (await databaseNow(tx)).getTime() + (waits ? prepared.ms / scope.config.pace : 0),
      )
      const kept = await changeHeld(tx, held(claim), {
        handle: prepared.handle,
        ...(waits ? { leaseUntil: null, nextTryAt: until } : { state: 'prepared' }),
      })
      if (!kept) return
      // A network that is at work is asked often; the timeline tells it once.
      if (!waits || JSON.stringify(handle) !== JSON.stringify(prepared.handle)) {
        await insertAttempt(tx, claim.target, {
          number: claim.number,
          phase: 'prepare',
          outcome: waits ? 'waiting' : 'ok',
          words: prepared.words,
        })
      }
      if (waits) await again(tx, scope, claim, until)
      await record(tx, happened(claim.target, 'target.prepared'))
    }),
  )
  return prepared.kind === 'ready' ? prepared.handle : null
}

/**
 * The last look before the irreversible call, committed with the intention to make it: the fence is
 * still ours, the connection still stands, and nothing that looks the same is unsettled.
 */
async function arm(scope: Scope, claim: Claim, work: Work, handle: Handle): Promise<boolean> {
  return step('arm', claim.target.id, () =>
    scope.tx(async (tx) => {
      const [connection] = await connectionFacts(tx, scope, [claim.target.connectionId], 'share')
      if (connection?.status === 'revoked') {
        const words = `“${connection.label}” was disconnected.`
        await hold(tx, scope, claim, { reason: 'disconnected', words })
        return false
      }
      const result = await armTarget(tx, held(claim), {
        handle,
        fingerprint: work.adapter.fingerprint(work.outgoing),
        callMs: work.adapter.submitTimeoutMs / scope.config.pace,
      })
      if (result === 'busy') {
        const until = new Date((await databaseNow(tx)).getTime() + 30_000 / scope.config.pace)
        await waitUntil(tx, scope, claim, until, {
          phase: 'arm',
          outcome: 'waiting',
          words:
            'A post that looks the same goes to the same place right now. This one waits until that is settled.',
        })
      }
      return result === 'armed'
    }),
  )
}

async function submit(scope: Scope, claim: Claim, work: Work, handle: Handle): Promise<void> {
  const { id } = claim.target
  const started = performance.now()
  let answer: Submitted
  try {
    answer = await step('submit', id, () =>
      work.adapter.submit(work.session, work.outgoing, handle),
    )
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    const durationMs = Math.round(performance.now() - started)
    if (error.kind === 'unknown_outcome')
      return unknown(scope, claim, work.adapter, error, durationMs)
    const { tokenVersion } = work
    return giveBack(scope, claim, error, { phase: 'submit', tokenVersion, durationMs })
  }
  const durationMs = Math.round(performance.now() - started)
  await step('record', id, () =>
    scope.tx(async (tx) => {
      const note = {
        phase: 'submit',
        words: answer.words,
        detail: answer.detail,
        durationMs,
      } as const
      if (answer.kind === 'published') return published(tx, claim, answer, note)
      const until = new Date((await databaseNow(tx)).getTime() + answer.ms / scope.config.pace)
      const change = { state: 'submitted', handle: answer.handle }
      await lookLater(tx, scope, claim, until, change, {
        ...note,
        outcome: 'waiting',
        event: 'target.submitted',
      })
    }),
  )
}

/** It may have arrived. From here on we look, and never send again before we know. */
async function unknown(
  scope: Scope,
  claim: Claim,
  adapter: Adapter,
  error: NetworkError,
  durationMs: number,
): Promise<void> {
  await step('record', claim.target.id, () =>
    scope.tx(async (tx) => {
      const until = new Date(
        (await databaseNow(tx)).getTime() + adapter.settle.firstLookMs / scope.config.pace,
      )
      const change = { state: 'submitted', reason: error.words }
      await lookLater(tx, scope, claim, until, change, {
        phase: 'submit',
        outcome: 'unknown_outcome',
        words: error.words,
        detail: error.detail,
        durationMs,
        event: 'target.submitted',
      })
    }),
  )
}

type Met = { phase: 'prepare' | 'submit'; tokenVersion?: number | undefined; durationMs?: number }

/** Nothing went out. A refused token may be cured by a refresh; then it is tried again soon. */
async function giveBack(scope: Scope, claim: Claim, error: NetworkError, met: Met): Promise<void> {
  const { words, detail } = error
  const cured =
    error.tokenRefused && met.tokenVersion !== undefined
      ? await refusedToken(scope, claim.target.connectionId, met.tokenVersion)
      : 'needs_sign_in'
  const seen =
    error.kind === 'reauthorise' && cured !== 'needs_sign_in'
      ? new NetworkError('retryable', { words, detail })
      : error
  await step('record', claim.target.id, () =>
    scope.tx((tx) => notSent(tx, scope, claim, seen, met)),
  )
}
