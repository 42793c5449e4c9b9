import type { z } from 'zod'
import type { Attempt } from '../../../../../contract/publishing.ts'

export type Line = z.infer<typeof Attempt>
/** A line, how often it was said one after the other, and when last. */
export type FoldedLine = Line & { times: number; lastAt: string }

const saysTheSame = (a: Line, b: Line) =>
  a.number === b.number && a.phase === b.phase && a.outcome === b.outcome && a.words === b.words

/** Folds what was said again and again into one line: a network may be away for hours. */
export function foldAttempts(lines: readonly Line[]): FoldedLine[] {
  const folded: FoldedLine[] = []
  for (const line of lines) {
    const before = folded.at(-1)
    if (before && saysTheSame(before, line)) {
      folded[folded.length - 1] = { ...before, times: before.times + 1, lastAt: line.at }
    } else folded.push({ ...line, times: 1, lastAt: line.at })
  }
  return folded
}
