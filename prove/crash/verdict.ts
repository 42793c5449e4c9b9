import type { Stage } from '../stage/stage.ts'
import type { Kill } from './killed-servers.ts'
import type { Passed } from './plan.ts'

type Pin = {
  id: string
  account: string
  board: string
  section: string | null
  title: string | null
  link: string | null
}

export type Counts = {
  targets: number
  states: Record<string, number>
  duplicates: number
  lost: number
  unapproved: number
  reviewWords: Record<string, number>
  /** Which ones, for whoever looks for the reason. */
  faults: string[]
}

type Row = {
  id: string
  state: string
  board: string
  section: string | null
  title: string
  link: string
  reason: string | null
  external_id: string | null
}

/**
 * Holds what the product says of every approved target against what the network has. Pins are told
 * apart by where they are and what they say; twins that say the same are counted together.
 */
export async function countAll(stage: Stage): Promise<Counts> {
  const pins = await stage.sandbox<Pin[]>('GET', '/history?type=pin.created')
  const { rows } = await stage.admin.query<Row>(`
    select t.id, t.state, t.destination_id as board, t.destination_child_id as section,
           p.title, p.link, t.reason, t.external_id
    from targets t join posts p on p.workspace_id = t.workspace_id and p.id = t.post_id
    where t.approval_id is not null`)
  const counts: Counts = {
    targets: rows.length,
    states: {},
    duplicates: 0,
    lost: 0,
    unapproved: 0,
    reviewWords: {},
    faults: [],
  }
  const keyOf = (one: Omit<Row, 'id' | 'state' | 'reason' | 'external_id'> | Pin) =>
    JSON.stringify([one.board, one.section, one.title, one.link])
  const pinsByKey = groupBy(pins, keyOf)
  for (const row of rows) {
    counts.states[row.state] = (counts.states[row.state] ?? 0) + 1
    if (row.state === 'needs_review') {
      const words = row.reason ?? ''
      counts.reviewWords[words] = (counts.reviewWords[words] ?? 0) + 1
    }
  }
  for (const [key, targets] of groupBy(rows, keyOf)) {
    countOne(counts, key, targets, pinsByKey.get(key) ?? [])
    pinsByKey.delete(key)
  }
  for (const [key, rest] of pinsByKey) {
    counts.unapproved += rest.length
    counts.faults.push(`${rest.length} unapproved: ${key}`)
  }
  return counts
}

function countOne(counts: Counts, key: string, targets: Row[], pins: Pin[]): void {
  const having = (state: string) => targets.filter((one) => one.state === state).length
  const [published, review] = [having('published'), having('needs_review')]
  const ended = published + review + having('failed')
  const notEnded = targets.length - ended
  const duplicates = Math.max(0, pins.length - targets.length)
  const spare = pins.length - duplicates - published - review - notEnded
  // `published` without a pin, `failed` with one, or neither.
  const lies = Math.max(0, published - pins.length) + Math.max(0, spare)
  const wrongIds = targets.filter(
    (one) => one.external_id && !pins.some((pin) => pin.id === one.external_id),
  ).length
  const lost = Math.max(lies, wrongIds) + notEnded
  counts.duplicates += duplicates
  counts.lost += lost
  if (duplicates + lost === 0) return
  const states = targets.map(({ id, state, reason }) => `${id} ${state} ${reason ?? ''}`).join('; ')
  counts.faults.push(`${pins.length} pins (${pins.map(({ id }) => id)}) for ${key}: ${states}`)
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

/**
 * How long, in seconds, the targets that a kill interrupted waited until a server went on with them:
 * the longest. A target was interrupted when its server died inside one of its steps, or right at a
 * boundary of it.
 */
export function slowestRecovery(passed: readonly Passed[], kills: readonly Kill[]): number {
  const byTarget = groupBy(passed, ({ targetId }) => targetId)
  let slowest = 0
  for (const { pid, at } of kills) {
    for (const lines of byTarget.values()) {
      const before = lines.filter((line) => line.pid === pid).at(-1)
      const isInside = before?.boundary.startsWith('before ') || before?.dies
      if (!isInside) continue
      const later = lines.filter((line) => line.at >= at && line.pid !== pid)
      const next = later.find(goesOn) ?? later.find((line) => line.boundary === 'after claim')
      if (next) slowest = Math.max(slowest, (next.at - at) / 1000)
    }
  }
  return slowest
}

/** A claim that found nothing to do yet is no recovery; what follows a successful one is. */
const goesOn = ({ boundary }: Passed) => boundary === 'before load' || boundary === 'before look'
