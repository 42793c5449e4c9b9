import type { DataClass } from '../../platform/data-map.ts'

/** What this module stores. */
export const privacyDataClasses: readonly DataClass[] = [
  {
    id: 'privacy.receipts',
    name: 'receipts of what was destroyed, stopped or kept at your request',
    table: 'receipts',
    columns: ['workspace_id', 'id', 'kind', 'subject', 'subject_id', 'lines', 'at'],
    subject: 'workspace',
    category: 'activity',
    source: 'made here',
    purposes: ['prove what was done'],
    legalBasis: 'legal duty',
    recipients: [],
    clock: { kind: 'while', words: 'as long as the workspace exists' },
    export: true,
    erase: { keep: 'it is the proof of the erasure; it names no person' },
  },
]
