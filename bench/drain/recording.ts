import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { newId } from '../../server/platform/ids.ts'

export type RecordedLine =
  | { kind: 'sql'; client: number; text: string; values: unknown[] }
  | { kind: 'http'; method: string; path: string; headers: string | string[]; body: string }

type Statement = { text: string; values: unknown[] }
type Call = Extract<RecordedLine, { kind: 'http' }>
/** What the server did for one target: transactions, and the call, in their order. */
export type Work = ({ kind: 'transaction'; statements: Statement[] } | Call)[]

/** What differs from target to target. */
export type Subject = {
  targetId: string
  postId: string
  approvalId: string
  mediaId: string
  title: string
  link: string
  externalId: string | null
  fingerprint: string | null
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Reads what was done between the first statement about this target and the last. */
export function readWork(path: string, subject: Subject): Work {
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  const work: Work = []
  const open = new Map<number, Statement[]>()
  for (const line of lines.map((text): RecordedLine => JSON.parse(text))) {
    if (line.kind === 'http') {
      if (line.body.includes(subject.link)) work.push(line)
      continue
    }
    const { client, text, values } = line
    if (text.startsWith('begin')) open.set(client, [])
    open.get(client)?.push({ text, values })
    const statements = open.get(client)
    if (text !== 'commit' || !statements) continue
    open.delete(client)
    work.push({ kind: 'transaction', statements })
  }
  // The ledger of outgoing requests is written in batches that many targets share; mails and other
  // jobs are not this target's. Leaving them out makes the floor higher, never lower.
  const workspace = work.flatMap((one) =>
    one.kind === 'transaction' && mentions(one.statements, subject.targetId)
      ? (one.statements[0]?.text ?? [])
      : [],
  )[0]
  const ours = work.filter((one) => one.kind === 'http' || one.statements[0]?.text === workspace)
  const first = ours.findIndex(
    (one) => one.kind === 'transaction' && mentions(one.statements, subject.targetId),
  )
  return ours.slice(first)
}

const mentions = (statements: readonly Statement[], id: string) =>
  statements.some(({ values }) => values.includes(id))

/** The same work for another target: its ids in place of the recorded ones, new ones where new ones were made. */
export function replacer(work: Work, from: Subject): (to: Subject) => (value: unknown) => unknown {
  const made = new Set<string>()
  const seen = new Set<unknown>()
  for (const one of work) {
    if (one.kind === 'http') continue
    for (const { text, values } of one.statements) {
      for (const value of values) {
        if (typeof value !== 'string' || !uuid.test(value)) continue
        if (text.startsWith('insert') && !seen.has(value)) made.add(value)
        seen.add(value)
      }
    }
  }
  return (to) => {
    const pairs = new Map<unknown, unknown>(
      (Object.keys(from) as (keyof Subject)[]).map((key) => [from[key], to[key]]),
    )
    pairs.delete(null)
    for (const id of made) if (!pairs.has(id)) pairs.set(id, newId())
    if (from.fingerprint) pairs.set(from.fingerprint, randomBytes(32).toString('base64url'))
    return (value) => {
      if (pairs.has(value)) return pairs.get(value)
      if (typeof value === 'string' && from.externalId && value.includes(from.externalId)) {
        return value.replace(from.externalId, String(to.externalId))
      }
      return value
    }
  }
}
