/**
 * `npm run promises`: the acceptance list with the state of each row, from the last test reports in
 * `.avow/tests`. `-- --json` prints a JSON line a row. `-- --check` ends non-zero when a promise that
 * the privacy page prints has a proof that did not pass.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { printed } from '../server/modules/privacy/render-sentence.ts'
import { sentences } from '../server/modules/privacy/sentences.ts'
import { acceptance } from './acceptance.ts'
import { type Reports, readReports, stateOfProof } from './reports.ts'
import { type RowState, stateOfRow } from './state-of-row.ts'

const root = join(import.meta.dirname, '..')
const say = (line = '') => process.stdout.write(`${line}\n`)
const { values: asked } = parseArgs({
  options: { json: { type: 'boolean' }, check: { type: 'boolean' } },
})
const reports = readReports(join(root, '.avow/tests'), root)

if (asked.json) printJson(reports)
else if (asked.check) checkSentences(reports)
else printTable(reports)

function printJson({ tests }: Reports): void {
  for (const row of acceptance.flatMap(({ rows }) => rows)) {
    const { state } = stateOfRow(row, tests)
    const number = /^\d+$/.test(row.row) ? Number(row.row) : row.row
    say(JSON.stringify({ row: number, state, proof: row.proofs.join('; ') }))
  }
}

function printTable({ tests, files }: Reports): void {
  const marks: Record<RowState['state'], string> = { proven: '✓', open: '·', absent: ' ' }
  const total = { proven: 0, open: 0, absent: 0 }
  for (const { area, rows } of acceptance) {
    const count = { proven: 0, open: 0, absent: 0 }
    const lines = rows.map((row) => {
      const { state, why } = stateOfRow(row, tests)
      count[state] += 1
      total[state] += 1
      const told = state === 'open' ? `\n             ${why}` : ''
      return `  ${marks[state]} ${row.row.padStart(4)}  ${state.padEnd(7)} ${row.claim}${told}`
    })
    say(`\n${area}: ${counted(count)}`)
    for (const line of lines) say(line)
  }
  say(`\nTogether: ${counted(total)}`)
  if (files.length === 0) say('No test has been reported yet: run npm test.')
  for (const { file, at } of files) say(`From ${file}, written ${at.toISOString()}`)
}

function counted({ proven, open, absent }: Record<RowState['state'], number>): string {
  return `${proven} proven, ${open} open, ${absent} absent`
}

function checkSentences({ tests }: Reports): void {
  const unproven = printed(sentences).flatMap(({ id, proofs }) =>
    proofs
      .map((proof) => ({ id, proof, state: stateOfProof(proof, tests) }))
      .filter(({ state }) => state !== 'passed'),
  )
  for (const { id, proof, state } of unproven) say(`${id}: ${state}: ${proof}`)
  if (unproven.length > 0) process.exitCode = 1
  else say('Every promise on the privacy page is proven.')
}
