import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Child } from '../../scripts/children.ts'
import type { Stage } from '../stage/stage.ts'
import { boundaries, type Passed, type Plan } from './plan.ts'

export type Kill = { pid: number; at: number; boundary: string | 'random' }

/** Servers that are killed with SIGKILL, at planned boundaries and at random times, and started again. */
export type KilledServers = {
  kills: Kill[]
  /** Boundaries at which nobody was killed often enough yet. */
  missing(): string[]
  /** Every boundary that was passed, by any server. */
  passed(): Passed[]
  /** Ends the killing: servers that die are started once more, without a plan. */
  spare(): Promise<void>
  stop(): Promise<void>
}

const isEarly = (boundary: string) => /(claim|load|prepare)$/.test(boundary)

export function startKilledServers(
  stage: Stage,
  options: {
    servers: number
    /** How often the engine is to die at each boundary. */
    each: number
    /** Kills at random times, and about how far they are apart. */
    random: number
    everyMs: number
    chance: () => number
  },
): KilledServers {
  const { chance } = options
  const path = join(stage.folder, 'steps.jsonl')
  writeFileSync(path, '')
  const kills: Kill[] = []
  const running = new Set<Child>()
  let killing = true
  let stopping = false
  let randomLeft = options.random

  const passed = () => readPassed(path)
  const missing = () => {
    const times = new Map<string, number>()
    for (const { boundary } of kills) times.set(boundary, (times.get(boundary) ?? 0) + 1)
    return boundaries.filter((boundary) => (times.get(boundary) ?? 0) < options.each)
  }
  function plan(slot: number): Plan {
    if (!killing) return { boundaries: [], after: 0 }
    // Every target passes the first steps. A server that dies there never gets to the others, so one
    // of them dies only later.
    const open = missing()
    const late = open.filter((boundary) => !isEarly(boundary))
    const boundaries = slot === 0 && late.length > 0 ? late : open
    return { boundaries, after: Math.floor(chance() * 4) }
  }

  async function keepUp(slot: number): Promise<void> {
    while (!stopping) {
      const child = stage.startServer({
        node: ['--import', './prove/crash/kill-at.ts'],
        env: { PROVE_STEPS: path, PROVE_PLAN: JSON.stringify(plan(slot)) },
      })
      running.add(child)
      const { signal, code } = await child.ended
      running.delete(child)
      if (stopping) return
      if (signal !== 'SIGKILL') throw new Error(`A server ended by itself: ${signal ?? code}`)
      const { pid = 0 } = child.process
      const last = passed().find((line) => line.pid === pid && line.dies)
      kills.push({ pid, at: last?.at ?? Date.now(), boundary: last?.boundary ?? 'random' })
    }
  }
  async function killAtRandom(): Promise<void> {
    while (killing && randomLeft > 0) {
      await wait(options.everyMs * (0.5 + chance()))
      const [victim] = [...running].sort(() => chance() - 0.5)
      if (!killing || !victim) continue
      randomLeft -= 1
      victim.process.kill('SIGKILL')
    }
  }

  const lives = Array.from({ length: options.servers }, (_, slot) => keepUp(slot))
  const random = killAtRandom()
  // A fault of the proof itself ends it, wherever it is at that moment.
  const failed = Promise.all([...lives, random])
  failed.catch((error) => {
    console.error(error)
    process.exit(1)
  })
  return {
    kills,
    missing,
    passed,
    async spare() {
      killing = false
      await random
      for (const child of running) child.process.send('spare')
    },
    async stop() {
      stopping = true
      for (const child of running) child.process.kill('SIGTERM')
      await failed
    },
  }
}

function readPassed(path: string): Passed[] {
  // A killed process may have left half a line, which the next one continues.
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line): Passed[] => {
      try {
        return [JSON.parse(line)]
      } catch {
        return []
      }
    })
}
