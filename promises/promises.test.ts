import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { acceptance } from './acceptance.ts'
import { readReports } from './reports.ts'
import { everything, nothing, type Row } from './row.ts'
import { stateOfRow } from './state-of-row.ts'

const root = join(import.meta.dirname, '..')
const rows = acceptance.flatMap((area) => area.rows)
const folder = mkdtempSync(join(tmpdir(), 'avow-promises-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the acceptance list', () => {
  it('has the rows 1 to 109, in order, with 31 in three parts', () => {
    const wanted = Array.from({ length: 109 }, (_, i) => String(i + 1)).flatMap((row) =>
      row === '31' ? ['31a', '31b', '31c'] : [row],
    )
    expect(rows.map(({ row }) => row)).toEqual(wanted)
  })

  it('names proofs that exist, and none for what is not built', () => {
    const faults = rows.flatMap(({ row, missing, proofs }) => {
      if (missing === everything) return proofs.map((proof) => `${row}: ${proof}`)
      return proofs
        .filter((proof) => {
          const [file = '', ...titles] = proof.split(' > ')
          if (!existsSync(join(root, file))) return true
          const source = readFileSync(join(root, file), 'utf8')
          return !titles.every((title) => source.includes(title))
        })
        .map((proof) => `${row}: ${proof}`)
    })
    expect(faults).toEqual([])
  })

  it('lets no row be proven without a proof', () => {
    const bare = rows.filter(({ missing, proofs }) => missing === nothing && proofs.length === 0)
    expect(bare).toEqual([])
  })
})

describe('the state of a row', () => {
  const row: Row = {
    row: '1',
    claim: 'c',
    mustDo: 'm',
    missing: nothing,
    proofs: ['a.test.ts > group', 'b.test.ts > one > two'],
  }
  const passed = (...names: string[]) => names.map((name) => ({ name, passed: true }))
  const all = passed('a.test.ts > group > x', 'a.test.ts > group > y', 'b.test.ts > one > two')

  it('is proven when every test under every proof passed', () => {
    expect(stateOfRow(row, all)).toEqual({ state: 'proven', why: '' })
  })

  it.each([
    [
      'a test under a proof failed',
      row,
      [...all, { name: 'a.test.ts > group > z', passed: false }],
    ],
    ['a proof was not run', row, passed('a.test.ts > group > x')],
    [
      'only a name that begins alike passed',
      row,
      passed('a.test.ts > groups > x', 'b.test.ts > one > two'),
    ],
    ['something is missing', { ...row, missing: 'the other half' }, all],
    ['it has no proof', { ...row, proofs: [] }, all],
  ])('is open when %s', (_why, it, tests) => {
    expect(stateOfRow(it, tests).state).toBe('open')
  })

  it('is absent when there is nothing of it', () => {
    expect(stateOfRow({ ...row, missing: everything, proofs: [] }, all).state).toBe('absent')
  })
})

describe('the reports', () => {
  it('are read as Vitest and as the journeys write them; a test that was skipped did not pass', () => {
    const report = {
      testResults: [
        {
          name: join(root, 'server/a.test.ts'),
          assertionResults: [
            { ancestorTitles: ['g'], title: 'does', status: 'passed' },
            { ancestorTitles: ['g'], title: 'waits', status: 'skipped' },
          ],
        },
      ],
    }
    const journeys = [{ file: 'e2e/publish.e2e.ts', name: 'a pin goes out', state: 'passed' }]
    writeFileSync(join(folder, 'vitest.json'), JSON.stringify(report))
    writeFileSync(join(folder, 'e2e.json'), JSON.stringify(journeys))
    expect(readReports(folder, root).tests).toEqual([
      { name: 'server/a.test.ts > g > does', passed: true },
      { name: 'server/a.test.ts > g > waits', passed: false },
      { name: 'e2e/publish.e2e.ts > a pin goes out', passed: true },
    ])
  })

  it('prove nothing when they are missing, and stop everything when they are something else', () => {
    expect(readReports(join(folder, 'none'), root)).toEqual({ tests: [], files: [] })
    writeFileSync(join(folder, 'vitest.json'), '{"tests": 3}')
    expect(() => readReports(folder, root)).toThrow('is not a report of tests')
  })
})
