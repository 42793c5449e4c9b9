import { describe, expect, it } from 'vitest'
import { backoffMs, followLive } from './follow-live.ts'

type Event = { id: string }

/** Plays one script a connection: events, then the end or an error. */
function play(scripts: (Event[] | Error)[]) {
  const stop = new AbortController()
  const seen: string[] = []
  const askedAfter: (string | undefined)[] = []
  const states: string[] = []
  let gaps = 0
  const done = followLive<Event>({
    open: async (lastEventId) => {
      askedAfter.push(lastEventId)
      const script = scripts.shift()
      if (!script) {
        stop.abort()
        return (async function* () {})()
      }
      if (script instanceof Error) throw script
      return (async function* () {
        yield* script
      })()
    },
    idOf: (event) => event.id,
    onEvent: (event) => seen.push(event.id),
    onState: (state) => states.push(state),
    onGap: () => {
      gaps += 1
    },
    wait: () => Promise.resolve(),
    signal: stop.signal,
  })
  return done.then(() => ({ seen, askedAfter, states, gaps }))
}

describe('followLive', () => {
  it('goes on after the last event that it saw', async () => {
    const { seen, askedAfter } = await play([[{ id: '1' }, { id: '2' }], [{ id: '3' }]])
    expect(seen).toEqual(['1', '2', '3'])
    expect(askedAfter).toEqual([undefined, '2', '3'])
  })

  it('keeps its place through failed tries', async () => {
    const { askedAfter } = await play([[{ id: '7' }], new Error('down'), new Error('down'), []])
    expect(askedAfter).toEqual([undefined, '7', '7', '7', '7'])
  })

  it('has everything read again while it has no place', async () => {
    const { gaps } = await play([[], [{ id: '1' }], []])
    expect(gaps).toBe(2)
  })

  it('says when it reconnects', async () => {
    const { states } = await play([[{ id: '1' }], new Error('down'), []])
    expect(states).toEqual(['live', 'reconnecting', 'reconnecting', 'live', 'reconnecting', 'live'])
  })
})

describe('backoffMs', () => {
  it('doubles and stops at half a minute', () => {
    expect(backoffMs(0, 1)).toBe(500)
    expect(backoffMs(3, 1)).toBe(4_000)
    expect(backoffMs(20, 1)).toBe(30_000)
    expect(backoffMs(20, 0)).toBe(15_000)
  })
})
