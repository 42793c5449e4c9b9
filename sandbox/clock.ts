/**
 * The sandbox's own time. Token and policy expiry, video processing and quota windows follow it, so
 * that a test can move a month in one call. `rate` is sandbox milliseconds per real millisecond.
 */
export type ClockState = { sandboxMs: number; realMs: number; rate: number }

export class Clock {
  #anchor: ClockState

  constructor(anchor?: ClockState) {
    const real = Date.now()
    this.#anchor = anchor ?? { sandboxMs: real, realMs: real, rate: 1 }
  }

  /** Sandbox time in milliseconds since 1970. */
  now(): number {
    const { sandboxMs, realMs, rate } = this.#anchor
    return Math.round(sandboxMs + (Date.now() - realMs) * rate)
  }

  iso(): string {
    return new Date(this.now()).toISOString()
  }

  get rate(): number {
    return this.#anchor.rate
  }

  /** Moves time or changes its speed; whatever is not named stays as it is. */
  move(change: { nowMs?: number; advanceMs?: number; rate?: number }): void {
    const sandboxMs = (change.nowMs ?? this.now()) + (change.advanceMs ?? 0)
    this.#anchor = { sandboxMs, realMs: Date.now(), rate: change.rate ?? this.#anchor.rate }
  }

  toRealTime(): void {
    this.move({ nowMs: Date.now(), rate: 1 })
  }

  snapshot(): ClockState {
    return { ...this.#anchor }
  }

  restore(anchor: ClockState): void {
    this.#anchor = anchor
  }
}
