import type { Tx } from './database.ts'
import { newId } from './ids.ts'
import { events } from './tables.ts'

/** Something that is a fact once its transaction commits, in the past tense: `target.published`. */
export type Happening = {
  workspaceId: string
  name: string
  subject: { kind: string; id: string }
  /** A second thing it touches, such as the post of a target. */
  parent?: { kind: string; id: string }
}

// Which transactions recorded something for whom, so that the announcement can wait for the commit.
const recorded = new WeakMap<Tx, Set<string>>()

/** Records facts in the transaction that makes them true. Pages and other modules learn from them. */
export async function record(tx: Tx, ...happenings: Happening[]): Promise<void> {
  if (happenings.length === 0) return
  await tx.insert(events).values(
    happenings.map((happening) => ({
      workspaceId: happening.workspaceId,
      id: newId(),
      name: happening.name,
      subjectKind: happening.subject.kind,
      subjectId: happening.subject.id,
      parentKind: happening.parent?.kind,
      parentId: happening.parent?.id,
    })),
  )
  const workspaces = recorded.get(tx) ?? new Set()
  for (const { workspaceId } of happenings) workspaces.add(workspaceId)
  recorded.set(tx, workspaces)
}

/** The workspaces for which a transaction recorded something. */
export function recordedIn(tx: Tx): ReadonlySet<string> {
  return recorded.get(tx) ?? new Set()
}
