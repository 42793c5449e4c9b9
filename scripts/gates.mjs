import { spawn } from 'node:child_process'
import { bin, node, root } from './set-up.mjs'

// Longest first, so that two at a time end together. Called once the packages are there.
const gates = () => [
  { name: 'boundaries', args: ['scripts/boundaries.mjs'] },
  {
    name: 'format and lint',
    args: [bin('@biomejs/biome'), 'ci', '--colors=off', '--diagnostic-level=error', '.'],
  },
  { name: 'types of the web app', args: [bin('ts7', 'tsc'), '-p', 'web/tsconfig.json'] },
  { name: 'types', args: [bin('ts7', 'tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of the journeys', args: [bin('ts7', 'tsc'), '-p', 'e2e/tsconfig.json'] },
  { name: 'dead code', args: [bin('knip'), '--no-progress'] },
  { name: 'paths in the documents', args: ['scripts/document-paths.mjs'] },
]
const atOnce = 2

/** Runs all gates, tells each as it ends, with its output when it fails. */
export async function runGates() {
  const waiting = gates()
  const counts = { passed: 0, failed: 0 }
  async function next() {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) {
      const begun = performance.now()
      const { code, output } = await run(gate.args)
      const seconds = ((performance.now() - begun) / 1000).toFixed(1)
      counts[code === 0 ? 'passed' : 'failed'] += 1
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${gate.name} (${seconds} s)`)
      if (code !== 0) console.log(output)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, next))
  return counts
}

function run(args) {
  return new Promise((done, fail) => {
    const child = spawn(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', fail)
    child.on('close', (code) => done({ code, output }))
  })
}
