import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TargetState } from '../../../contract/publishing.ts'
import { canStillChange, type Facts, isOut, judgeLook, nextMove, retryAfterMs } from './rules.ts'
import type { TargetRow } from './types.ts'

const now = new Date('2026-11-22T12:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const later = (ms: number) => new Date(now.getTime() + ms)

const facts: Facts = {
  now,
  contentHash: 'same',
  approvedHash: 'same',
  connection: { status: 'active', label: 'Shop', pausedUntil: null },
  lateCutoffMs: 24 * 3_600_000,
}

const target = (over: Partial<TargetRow>): TargetRow =>
  ({
    state: 'scheduled',
    dueAt: ago(1000),
    leaseUntil: null,
    nextTryAt: null,
    callEndsAt: null,
    ...over,
  }) as TargetRow

const instants = fc.option(fc.date({ min: ago(3e8), max: later(3e8), noInvalidDate: true }))
const anyTarget = fc
  .record({
    state: fc.constantFrom(...TargetState.options),
    dueAt: instants,
    leaseUntil: instants,
    nextTryAt: instants,
    callEndsAt: instants,
  })
  .map(target)
const anyFacts = fc
  .record({
    approvedHash: fc.constantFrom('same', 'other', null),
    connection: fc.record({
      status: fc.constantFrom('active', 'expiring', 'needs_sign_in', 'revoked'),
      label: fc.constant('Shop'),
      pausedUntil: instants,
    }),
  })
  .map((some): Facts => ({ ...facts, ...some }))

describe('what to do with a target', () => {
  it('is never to send without an approval of just this content, before its time, or under a lease', () => {
    fc.assert(
      fc.property(anyTarget, anyFacts, (row, known) => {
        if (nextMove(row, known).do !== 'send') return
        expect(known.approvedHash).toBe(known.contentHash)
        expect(row.dueAt?.getTime()).toBeLessThanOrEqual(now.getTime())
        expect(row.leaseUntil === null || row.leaseUntil <= now).toBe(true)
        expect(['active', 'expiring']).toContain(known.connection.status)
        expect(['scheduled', 'publishing', 'prepared']).toContain(row.state)
      }),
      { numRuns: 2000 },
    )
  })

  it('is never to send again once the irreversible call may have been made', () => {
    fc.assert(
      fc.property(anyTarget, anyFacts, (row, known) => {
        if (isOut(TargetState.parse(row.state))) expect(nextMove(row, known).do).not.toBe('send')
      }),
      { numRuns: 2000 },
    )
  })

  it('is not to look while the call could still arrive', () => {
    const row = target({ state: 'armed', callEndsAt: later(5000), leaseUntil: ago(1) })
    expect(nextMove(row, facts)).toEqual({ do: 'wait', until: later(5000) })
    expect(nextMove({ ...row, callEndsAt: ago(1) }, facts)).toEqual({ do: 'settle' })
  })

  it.each([
    ['a day and a second late', { dueAt: ago(24 * 3_600_000 + 1000) }, {}, 'late'],
    ['not approved as it is', {}, { approvedHash: 'other' }, 'not_approved'],
    [
      'on a connection that needs a sign-in',
      {},
      { connection: { ...facts.connection, status: 'needs_sign_in' } },
      'sign_in',
    ],
    [
      'on a connection that is gone',
      {},
      { connection: { ...facts.connection, status: 'revoked' } },
      'disconnected',
    ],
  ])('is to hold it when it is %s', (_name, row, known, reason) => {
    expect(nextMove(target(row), { ...facts, ...known })).toMatchObject({ do: 'hold', reason })
  })

  it('is to wait as long as the network asked', () => {
    const connection = { ...facts.connection, pausedUntil: later(60_000) }
    expect(nextMove(target({}), { ...facts, connection })).toEqual({
      do: 'wait',
      until: later(60_000),
    })
  })
})

describe('a look', () => {
  const policy = {
    firstLookMs: 5e3,
    betweenLooksMs: 6e4,
    looks: 2,
    absentAfterMs: 6e5,
    resubmits: 1,
  }
  const found = (id: string) => ({ externalId: id, externalUrl: `https://x.example/${id}` })
  const history = fc.record({
    looks: fc.nat(10),
    sinceArmedMs: fc.nat(2_000_000),
    resubmits: fc.nat(2),
  })

  it('that finds one takes it, and that finds more asks a person', () => {
    fc.assert(
      fc.property(history, (past) => {
        expect(judgeLook(policy, [found('1')], past)).toMatchObject({
          kind: 'published',
          externalId: '1',
        })
        expect(judgeLook(policy, [found('1'), found('2')], past).kind).toBe('ask')
      }),
    )
  })

  it('that finds none leads to another submit only after enough looks and time, and once', () => {
    fc.assert(
      fc.property(history, (past) => {
        const verdict = judgeLook(policy, [], past)
        if (verdict.kind !== 'submit_again') return
        expect(past.looks + 1).toBeGreaterThanOrEqual(policy.looks)
        expect(past.sinceArmedMs).toBeGreaterThanOrEqual(policy.absentAfterMs)
        expect(past.resubmits).toBe(0)
      }),
    )
  })

  it('always comes to an end', () => {
    let sinceArmedMs = 0
    for (let looks = 0; looks < 20; looks++) {
      const verdict = judgeLook(policy, [], { looks, sinceArmedMs, resubmits: 1 })
      if (verdict.kind === 'ask') return
      if (verdict.kind === 'look_again') sinceArmedMs += verdict.afterMs
    }
    throw new Error('It looked for ever')
  })
})

it('a person may change what has not gone out, and nothing else', () => {
  for (const state of TargetState.options) {
    if (isOut(state)) expect(canStillChange(state)).toBe(false)
  }
})

it('tries wait longer each time, an hour at most', () => {
  const waits = Array.from({ length: 20 }, (_, index) => retryAfterMs(index + 1))
  expect(waits[0]).toBe(5000)
  expect(waits.every((wait, index) => index === 0 || wait >= (waits[index - 1] ?? 0))).toBe(true)
  expect(Math.max(...waits)).toBe(3_600_000)
})
