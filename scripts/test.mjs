// `npm test`: everything that must be green, and at the end one line that adds it up.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { runGates } from './gates.mjs'
import { runFile } from './run-file.mjs'
import { bin, buildWeb, command, install, root } from './set-up.mjs'

const reports = join(root, '.avow/tests')
const exchanges = join(root, 'test-results/exchanges.jsonl')
const fidelity = join(root, '../shared/fidelity/dist/check.mjs')

await command(async () => {
  install()
  buildWeb()
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })

  const parts = [await gates(), await vitest(), await journeys(), await officialDescriptions()]
  const sum = (what) => parts.reduce((total, part) => total + part[what], 0)
  console.log(
    `\ntests: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`,
  )
  return sum('failed') > 0 ? 1 : 0
})

async function gates() {
  heading('Gates')
  return { ...(await runGates()), skipped: 0 }
}

async function vitest() {
  heading('Unit and integration tests')
  const file = join(reports, 'vitest.json')
  const code = await runFile([
    bin('vitest'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  if (!existsSync(file)) return broken('Vitest left no report')
  const report = JSON.parse(readFileSync(file, 'utf8'))
  return orBroken(code, {
    passed: report.numPassedTests,
    // A file that cannot even be loaded has no tests to count.
    failed: Math.max(report.numFailedTests, report.success ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
  })
}

async function journeys() {
  heading('Journeys in a browser')
  const file = join(reports, 'e2e.json')
  const code = await runFile(['e2e/run.ts'])
  if (!existsSync(file)) return broken('The journeys left no report')
  const list = JSON.parse(readFileSync(file, 'utf8'))
  const count = (state) => list.filter((one) => one.state === state).length
  return orBroken(code, {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
  })
}

/** Holds what went between server and sandbox against what the vendors publish of their APIs. */
async function officialDescriptions() {
  heading('Exchanges with vendors, against their official descriptions')
  if (!existsSync(fidelity)) {
    console.log(`skipped: ${relative(root, fidelity)} is not here`)
    return { passed: 0, failed: 0, skipped: 1 }
  }
  if (!existsSync(exchanges)) return broken('The journeys left no log of exchanges')
  const code = await runFile([fidelity, exchanges])
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

/** A runner that ends badly has failed, whatever it counted. */
function orBroken(code, counts) {
  if (code !== 0 && counts.failed === 0) return broken(`The runner ended with exit code ${code}`)
  return counts
}

function broken(words) {
  console.log(words)
  return { passed: 0, failed: 1, skipped: 0 }
}

function heading(words) {
  console.log(`\n${words}`)
}
