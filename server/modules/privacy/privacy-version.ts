import { createHash } from 'node:crypto'
import { type DataClass, purposes } from '../../platform/data-map.ts'
import { printed } from './render-sentence.ts'
import { sentences } from './sentences.ts'

/** A version of the page, as `privacy-versions.json` keeps them all, oldest first. */
export type PrivacyVersion = {
  number: number
  /** From which day it holds, `2026-11-22`. */
  effective: string
  /** Of the declarations and sentences that it was made from. */
  hash: string
}

/** The one that holds now. */
export function currentVersion(versions: readonly PrivacyVersion[]): PrivacyVersion {
  const version = versions.at(-1)
  if (!version) throw new Error('The privacy page has no version')
  return version
}

/** Fingerprint of all that the page says. It changes exactly when the page needs a new version. */
export function hashDeclarations(dataClasses: readonly DataClass[]): string {
  const said = { purposes, dataClasses, sentences: printed(sentences) }
  return createHash('sha256').update(JSON.stringify(said, sorted)).digest('hex')
}

// The order in which somebody wrote a declaration's fields says nothing.
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
