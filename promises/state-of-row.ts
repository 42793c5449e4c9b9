import { stateOfProof, type TestResult } from './reports.ts'
import { everything, type Row } from './row.ts'

export type RowState = {
  state: 'proven' | 'open' | 'absent'
  /** Why it is not proven, in words; empty when it is. */
  why: string
}

/**
 * `proven`: nothing is missing, there is a proof, and every test under every proof passed in the
 * last report. `absent`: the product has nothing of it. `open`: all else.
 */
export function stateOfRow(row: Row, tests: readonly TestResult[]): RowState {
  if (row.missing === everything) return { state: 'absent', why: 'not built yet' }
  const faults = row.proofs
    .map((proof) => ({ proof, state: stateOfProof(proof, tests) }))
    .filter(({ state }) => state !== 'passed')
    .map(({ proof, state }) => `${state}: ${proof}`)
  if (row.proofs.length === 0) faults.unshift('no proof')
  if (row.missing !== '') faults.unshift(`missing: ${row.missing}`)
  return faults.length === 0
    ? { state: 'proven', why: '' }
    : { state: 'open', why: faults.join('; ') }
}
