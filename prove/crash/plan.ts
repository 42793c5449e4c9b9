import { type Step, steps } from '../../server/modules/publishing/steps.ts'

/** Where a server dies: at the first of these boundaries after passing so many of them. */
export type Plan = { boundaries: string[]; after: number }

/** Every boundary, as the engine itself lists its steps: `before claim`, `after claim`, ... */
export const boundaries: readonly string[] = steps.flatMap((step: Step) => [
  `before ${step}`,
  `after ${step}`,
])

/** A line that `kill-at.ts` wrote. `dies`: the process was killed right there. */
export type Passed = {
  at: number
  pid: number
  boundary: string
  targetId: string
  dies?: true
}
