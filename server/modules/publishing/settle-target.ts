import type { Scope } from '../../platform/context.ts'
import { adapterFor, type Look, NetworkError, withToken } from '../networks/index.ts'
import { loadOutgoing } from './load-outgoing.ts'
import { askPerson, lookLater, published, waitUntil } from './outcomes.ts'
import { judgeLook } from './rules.ts'
import { step } from './steps.ts'
import { databaseNow, ownedElsewhere } from './store-targets.ts'
import type { Claim } from './types.ts'

/** How long we keep looking while the network cannot be read, before a person is asked. */
const lookForMs = 24 * 3_600_000

/** Finds out what became of a submit without an answer, by reading. Sends nothing. */
export async function settleTarget(scope: Scope, claim: Claim): Promise<void> {
  const { target } = claim
  const adapter = adapterFor(target.network)
  const armedAt = target.armedAt
  if (!armedAt) throw new Error('A target in doubt that was never armed')
  let look: Look
  try {
    look = await step('look', target.id, async () => {
      const outgoing = await loadOutgoing(scope, target)
      return withToken(scope, target.connectionId, (session) =>
        adapter.look(session, outgoing, target.handle ?? {}, armedAt),
      )
    })
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    return couldNotLook(scope, claim, armedAt, error)
  }
  await step('settle', target.id, () => settle(scope, claim, armedAt, look))
}

async function settle(scope: Scope, claim: Claim, armedAt: Date, look: Look): Promise<void> {
  const { target } = claim
  const { settle: policy } = adapterFor(target.network)
  await scope.tx(async (tx) => {
    const owned = await ownedElsewhere(
      tx,
      target,
      look.candidates.map((one) => one.externalId),
    )
    const ours = look.candidates.filter((one) => !owned.has(one.externalId))
    const now = await databaseNow(tx)
    const verdict = judgeLook(policy, ours, {
      looks: target.looks,
      sinceArmedMs: (now.getTime() - armedAt.getTime()) * scope.config.pace,
      resubmits: target.resubmits,
    })
    const note = { phase: 'reconcile', words: look.words, detail: look.detail } as const
    const at = (ms: number) => new Date(now.getTime() + ms / scope.config.pace)
    switch (verdict.kind) {
      case 'published':
        return published(tx, claim, verdict, {
          ...note,
          words: 'Found it there: it went out.',
        })
      case 'ask':
        return askPerson(tx, scope, claim, { ...note, words: verdict.words })
      case 'submit_again':
        return waitUntil(
          tx,
          scope,
          claim,
          now,
          { ...note, outcome: 'ok', words: 'It is surely not there, so it is sent once more.' },
          { resubmits: target.resubmits + 1 },
        )
      case 'look_again': {
        const change = {
          state: 'confirming',
          looks: target.looks + 1,
          reason: 'The network did not answer. We look whether it went out.',
        }
        return lookLater(tx, scope, claim, at(verdict.afterMs), change, {
          ...note,
          outcome: 'waiting',
          event: 'target.confirming',
        })
      }
    }
  })
}

/** The look itself failed; that proves nothing. Later, or in the end a person. */
async function couldNotLook(
  scope: Scope,
  claim: Claim,
  armedAt: Date,
  error: NetworkError,
): Promise<void> {
  await step('settle', claim.target.id, () =>
    scope.tx(async (tx) => {
      const now = await databaseNow(tx)
      const note = { phase: 'reconcile', words: error.words, detail: error.detail } as const
      const givesUp = now.getTime() - armedAt.getTime() > lookForMs || error.kind === 'rejected'
      if (givesUp) {
        const words = `The network never answered, and we cannot look whether it went out: ${error.words}`
        return askPerson(tx, scope, claim, { ...note, words })
      }
      const wait = error.until ?? new Date(now.getTime() + 60_000 / scope.config.pace)
      await lookLater(
        tx,
        scope,
        claim,
        wait,
        { reason: error.words },
        { ...note, outcome: error.kind, event: 'target.confirming' },
      )
    }),
  )
}
