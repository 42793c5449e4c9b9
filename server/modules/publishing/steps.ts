import { channel } from 'node:diagnostics_channel'

/**
 * The steps of the engine, in their order. Between any two of them the process may die; `npm run
 * prove crash` reads this list and kills it before and after each.
 */
export const steps = [
  'claim',
  'load',
  'prepare',
  'keep',
  'arm',
  'submit',
  'record',
  'look',
  'settle',
] as const
export type Step = (typeof steps)[number]

export const stepChannel = 'avow:publishing:step'
export type StepBoundary = { step: Step; edge: 'before' | 'after'; targetId: string }

const boundaries = channel(stepChannel)

/** Runs one step of the engine and announces its two boundaries to whoever listens (proofs). */
export async function step<T>(name: Step, targetId: string, run: () => Promise<T>): Promise<T> {
  boundaries.publish({ step: name, edge: 'before', targetId } satisfies StepBoundary)
  const result = await run()
  boundaries.publish({ step: name, edge: 'after', targetId } satisfies StepBoundary)
  return result
}
