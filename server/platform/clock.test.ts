import { describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'

const hour = 3_600_000

function still(start = 1_700_000_000_000) {
  const real = { ms: start }
  const clock = createClock(
    () => real.ms,
    () => real.ms - start,
  )
  return { real, clock, start }
}

describe('clock', () => {
  it('is real time until it is moved', () => {
    const { real, clock, start } = still()
    real.ms += 5
    expect(clock.now().getTime()).toBe(start + 5)
    expect(clock.monotonic()).toBe(5)
    expect(clock.timeoutMs(1000)).toBe(1000)
  })

  it('jumps by the offset and runs at the rate from that moment on', () => {
    const { real, clock, start } = still()
    clock.set({ offsetMs: hour, rate: 60 })
    expect(clock.now().getTime()).toBe(start + hour)
    real.ms += 1000
    expect(clock.now().getTime()).toBe(start + hour + 60_000)
    expect(clock.timeoutMs(60_000)).toBe(1000)
    expect(clock.state()).toEqual({ offsetMs: hour, rate: 60, sinceMs: start })
  })

  it('agrees with another clock that was given the same state later', () => {
    const { real, clock, start } = still()
    clock.set({ offsetMs: -hour, rate: 2 })
    real.ms += 10_000
    const other = createClock(
      () => real.ms,
      () => 0,
    )
    other.set(clock.state())
    expect(other.now()).toEqual(clock.now())
    expect(other.now().getTime()).toBe(start - hour + 20_000)
  })

  it('never lets monotonic time run backwards', () => {
    const { real, clock } = still()
    const seen = [clock.monotonic()]
    for (const offsetMs of [hour, -24 * hour, 0, 5 * hour]) {
      clock.set({ offsetMs, rate: 1 })
      real.ms += 1
      seen.push(clock.monotonic())
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  it('wakes a sleeper when time is moved past its moment, and only then', async () => {
    const clock = createClock()
    let woke = false
    const sleeping = clock.sleep(hour).then(() => {
      woke = true
    })
    clock.set({ offsetMs: hour / 2, rate: 1 })
    await Promise.resolve()
    expect(woke).toBe(false)
    clock.set({ offsetMs: hour + 1, rate: 1 })
    await sleeping
    expect(woke).toBe(true)
  })

  it('does not prolong a sleep when the wall clock is set back', async () => {
    const clock = createClock()
    const sleeping = clock.sleep(20)
    clock.set({ offsetMs: -24 * hour, rate: 1 })
    await sleeping
    expect(clock.now().getTime()).toBeLessThan(Date.now() - 23 * hour)
  })

  it('ends a sleep with the reason of the abort', async () => {
    const clock = createClock()
    const stop = new AbortController()
    const sleeping = clock.sleep(hour, stop.signal)
    stop.abort(new Error('stopping'))
    await expect(sleeping).rejects.toThrow('stopping')
    await expect(clock.sleep(hour, stop.signal)).rejects.toThrow('stopping')
  })

  it('refuses a rate or an offset that is no number to reckon with', () => {
    const clock = createClock()
    for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => clock.set({ offsetMs: 0, rate })).toThrow(RangeError)
    }
    expect(() => clock.set({ offsetMs: Number.NaN, rate: 1 })).toThrow(RangeError)
  })
})
