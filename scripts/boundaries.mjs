// Holds every import against .dependency-cruiser.mjs, then proves on a copy that every rule bites.
import { existsSync } from 'node:fs'
import { cruise } from 'dependency-cruiser'
import config from '../.dependency-cruiser.mjs'
import { seedViolations } from './seed-violations.mjs'
import { root } from './set-up.mjs'

const folders = ['contract', 'server', 'web', 'sandbox', 'promises', 'bench', 'prove', 'e2e']
// With a TypeScript that the tool does not support it sees no file, and finds nothing wrong.
const atLeast = 100

process.chdir(root)
const present = folders.filter((folder) => existsSync(folder))
const { modules, violations } = await look(root)
for (const { rule, from, to } of violations) {
  const { comment } = config.forbidden.find(({ name }) => name === rule.name)
  console.log(`${from} -> ${to}\n    ${rule.name}: ${comment}`)
}
const seeds = await seedViolations(present, look)
for (const { rule, file } of seeds.missed) console.log(`not caught: ${rule}, seeded in ${file}`)
for (const rule of seeds.unproven)
  console.log(`no seed in scripts/seed-violations.mjs for: ${rule}`)
if (modules < atLeast)
  console.log(`Only ${modules} files were seen: is TypeScript a supported one?`)

console.log(
  `boundaries: ${modules} files, ${violations.length} violations; ` +
    `${seeds.caught} of ${seeds.caught + seeds.missed.length} seeded violations caught`,
)
const wrong = violations.length + seeds.missed.length + seeds.unproven.length
process.exitCode = wrong > 0 || modules < atLeast ? 1 : 0

async function look(folder) {
  const { forbidden, options } = config
  const { output } = await cruise(present, {
    ...options,
    baseDir: folder,
    ruleSet: { forbidden },
    validate: true,
  })
  return { modules: output.summary.totalCruised, violations: output.summary.violations }
}
