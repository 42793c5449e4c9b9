import type { DataClass } from '../../platform/data-map.ts'
import type { Sentence } from './sentences.ts'

/** A sentence without a proof is not printed. */
export const printed = (sentences: readonly Sentence[]): Sentence[] =>
  sentences.filter(({ proofs }) => proofs.length > 0)

/** The sentence with its blanks filled from the declarations. @throws Error for an unknown blank. */
export function renderSentence(
  { id, template }: Sentence,
  dataClasses: readonly DataClass[],
): string {
  return template.replace(/\{(\w+):([\w.]+)\}/g, (_blank, kind: string, name: string) => {
    const dataClass = dataClasses.find((candidate) => candidate.id === name)
    if (kind !== 'clock' || !dataClass) {
      throw new Error(`The sentence ${id} speaks of {${kind}:${name}}, which is not declared`)
    }
    return dataClass.clock.words
  })
}
