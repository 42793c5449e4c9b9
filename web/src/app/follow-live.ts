export type LiveState = 'live' | 'reconnecting'

type Following<Event> = {
  /** Opens the stream, after the event with this id where one is known. */
  open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<AsyncIterable<Event>>
  /** The cursor of an event. */
  idOf: (event: Event) => string | undefined
  onEvent: (event: Event) => void
  onState: (state: LiveState) => void
  /** The stream is open, but nothing says what came before: read everything again. */
  onGap: () => void
  wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** Ends the whole. */
  signal: AbortSignal
  /** Hands out a way to drop the present connection, for when the machine wakes or comes online. */
  onConnection?: (drop: () => void) => void
}

const longestWaitMs = 30_000

/** How long to wait before try number `failures`: doubles up to half a minute, spread by chance. */
export const backoffMs = (failures: number, random: number) =>
  Math.min(longestWaitMs, 500 * 2 ** failures) * (0.5 + random / 2)

/**
 * Keeps one stream of events open until `signal` ends it. After a break it goes on behind the last
 * event that it saw, so that nothing is missed.
 */
export async function followLive<Event>(following: Following<Event>): Promise<void> {
  const { open, idOf, onEvent, onState, onGap, wait, signal, onConnection } = following
  let lastEventId: string | undefined
  let failures = 0
  while (!signal.aborted) {
    const connection = new AbortController()
    const both = AbortSignal.any([signal, connection.signal])
    onConnection?.(() => connection.abort())
    try {
      const events = await open(lastEventId, both)
      onState('live')
      if (lastEventId === undefined) onGap()
      failures = 0
      for await (const event of events) {
        lastEventId = idOf(event) ?? lastEventId
        onEvent(event)
      }
    } catch {
      // A broken stream is expected; the next try says whether it is more than that.
    }
    if (signal.aborted) return
    onState('reconnecting')
    await wait(backoffMs(failures, Math.random()), both)
    failures += 1
  }
}
