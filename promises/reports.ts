import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'

/** A test that ran: `file > describe > it`. */
export type TestResult = { name: string; passed: boolean }

export type Reports = {
  tests: TestResult[]
  /** The report files that were read, with the time at which they were written. */
  files: { file: string; at: Date }[]
}

const VitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
})

/** Of the journeys in the browser: what Vitest's report says, as a plain list. */
const ListReport = z.array(
  z.object({ file: z.string(), name: z.string(), state: z.enum(['passed', 'failed', 'skipped']) }),
)

const Report = z.union([VitestReport, ListReport])

/**
 * What the last whole run of the tests left behind: `vitest.json` (Vitest's JSON reporter) and
 * `e2e.json` (the same, or a list of `{ file, name, state }`) in `folder`. A missing report proves
 * nothing; one that cannot be read is an error.
 */
export function readReports(folder: string, root: string): Reports {
  const reports: Reports = { tests: [], files: [] }
  for (const name of ['vitest.json', 'e2e.json']) {
    const file = join(folder, name)
    if (!existsSync(file)) continue
    const parsed = Report.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    if (!parsed.success) throw new Error(`${file} is not a report of tests`)
    reports.tests.push(...resultsOf(parsed.data, root))
    reports.files.push({ file, at: statSync(file).mtime })
  }
  return reports
}

function resultsOf(report: z.infer<typeof Report>, root: string): TestResult[] {
  if (Array.isArray(report)) {
    return report.map(({ file, name, state }) => ({
      name: `${file} > ${name}`,
      passed: state === 'passed',
    }))
  }
  return report.testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      name: [relative(root, file), ...ancestorTitles, title].join(' > '),
      passed: status === 'passed',
    })),
  )
}

/** How a proof stands: all tests under it passed, one did not, or there is none. */
export function stateOfProof(
  proof: string,
  tests: readonly TestResult[],
): 'passed' | 'failed' | 'not run' {
  const meant = tests.filter(({ name }) => name === proof || name.startsWith(`${proof} > `))
  if (meant.length === 0) return 'not run'
  return meant.every(({ passed }) => passed) ? 'passed' : 'failed'
}
