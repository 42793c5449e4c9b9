/** The one source of time. Tests and proofs move and scale it; the database follows the same state. */

/**
 * How clock time relates to real time (both in ms since 1970):
 * `now = real + offsetMs + (real - sinceMs) * (rate - 1)`.
 * SQL uses the same sentence with `clock_timestamp()`.
 */
export type ClockState = {
  offsetMs: number
  /** Clock seconds per real second; more than 0. */
  rate: number
  /** Real time at which `rate` began to count. Irrelevant while `rate` is 1. */
  sinceMs: number
}

export type Clock = {
  /** Wall-clock time. May jump either way. */
  now(): Date
  /** Milliseconds that only grow; for durations. Moving the clock forward counts, back does not. */
  monotonic(): number
  /** Waits `ms` of clock time; moving the clock forward wakes it early. Rejects when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Real milliseconds to hand to a timer for `ms` of clock time. */
  timeoutMs(ms: number): number
}

export type MovableClock = Clock & {
  state(): ClockState
  /** `sinceMs` defaults to now, so that changing the rate makes no jump. */
  set(state: { offsetMs: number; rate: number; sinceMs?: number }): void
}

// setTimeout fires at once beyond this.
const longestTimer = 2 ** 31 - 1

/** `realNow` and `realMonotonic` are for tests of the clock itself. */
export function createClock(
  realNow: () => number = Date.now,
  realMonotonic: () => number = () => performance.now(),
): MovableClock {
  let state: ClockState = { offsetMs: 0, rate: 1, sinceMs: realNow() }
  // Monotonic time is carried over each change of state, so that it never runs backwards.
  let carried = { at: realMonotonic(), value: 0 }
  const sleepers = new Set<() => void>()

  const nowMs = () => {
    const real = realNow()
    return real + state.offsetMs + (real - state.sinceMs) * (state.rate - 1)
  }
  const monotonic = () => carried.value + (realMonotonic() - carried.at) * state.rate
  const timeoutMs = (ms: number) => Math.min(Math.max(0, Math.ceil(ms / state.rate)), longestTimer)

  function set(next: { offsetMs: number; rate: number; sinceMs?: number }) {
    if (!(next.rate > 0) || !Number.isFinite(next.rate) || !Number.isFinite(next.offsetMs)) {
      throw new RangeError('A clock needs a finite offset and a rate above 0.')
    }
    const before = nowMs()
    const elapsed = monotonic()
    state = { ...next, sinceMs: next.sinceMs ?? realNow() }
    carried = { at: realMonotonic(), value: elapsed + Math.max(0, nowMs() - before) }
    for (const wake of sleepers) wake()
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const deadline = monotonic() + ms
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined
      const finish = (settle: () => void) => {
        clearTimeout(timer)
        sleepers.delete(look)
        signal?.removeEventListener('abort', aborted)
        settle()
      }
      const aborted = () => finish(() => reject(signal?.reason))
      const look = () => {
        clearTimeout(timer)
        const left = deadline - monotonic()
        if (left <= 0) return finish(resolve)
        timer = setTimeout(look, timeoutMs(left))
      }
      if (signal?.aborted) return aborted()
      signal?.addEventListener('abort', aborted, { once: true })
      sleepers.add(look)
      look()
    })
  }

  return { now: () => new Date(nowMs()), monotonic, sleep, timeoutMs, state: () => state, set }
}
