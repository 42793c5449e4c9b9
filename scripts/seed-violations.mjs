import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import config from '../.dependency-cruiser.mjs'
import { uses } from '../server/architecture.mjs'
import { root } from './set-up.mjs'

const M = 'server/modules'

/** One violation a rule: the rule, the file that breaks it, and what is added to that file. */
const seeds = [
  ...Object.entries(uses).map(([module, used]) => {
    const foreign = Object.keys(uses).find((name) => name !== module && !used.includes(name))
    const code = `import '../${foreign ?? 'unheard-of'}/index.ts'`
    return [`uses-${module}`, `${M}/${module}/seed-uses.ts`, code]
  }),
  ['known-module', `${M}/unheard-of/index.ts`, `import '../../platform/ids.ts'`],
  ['front-door', `${M}/publishing/seed-door.ts`, `import '../networks/signals.ts'`],
  [
    'front-door',
    `${M}/publishing/seed-type.ts`,
    `import type { A } from '../media/rules.ts'\nexport type B = A`,
  ],
  ['foreign-keys-only', `${M}/publishing/tables.ts`, `import '../media/rules.ts'`],
  ['app-front-door', 'server/app.ts', `import './modules/publishing/store-targets.ts'`],
  ['inward-only', `${M}/publishing/seed-inward.ts`, `import './jobs.ts'`],
  ['inward-only', `${M}/publishing/rules.ts`, `import './api.ts'`],
  ['data-map-only', `${M}/publishing/seed-data.ts`, `import './personal-data.ts'`],
  [
    'sql-in-stores',
    `${M}/publishing/seed-sql.ts`,
    `import { sql } from 'drizzle-orm'\nsql.raw('')`,
  ],
  ['rules-are-pure', `${M}/media/rules.ts`, `import 'node:fs'`],
  ['platform-knows-no-module', 'server/platform/seed.ts', `import '../modules/media/index.ts'`],
  ['platform-knows-no-module', 'server/platform/seed-app.ts', `import '../app.ts'`],
  [
    'adapters-alone',
    `${M}/networks/adapters/pinterest/seed.ts`,
    `import '../../../../platform/database.ts'`,
  ],
  ['adapters-alone', `${M}/networks/adapters/other/seed.ts`, `import '../pinterest/manifest.ts'`],
  [
    'adapters-by-registry',
    `${M}/networks/seed-adapter.ts`,
    `import './adapters/pinterest/manifest.ts'`,
  ],
  ['contract-is-a-leaf', 'contract/seed.ts', `import '../server/platform/ids.ts'`],
  ['contract-is-a-leaf', 'contract/seed-package.ts', `import 'fastify'`],
  ['web-sees-the-contract-only', 'web/src/app/seed.ts', `import '../../../server/platform/ids.ts'`],
  [
    'feature-to-feature',
    'web/src/features/media/seed.ts',
    `import '../publishing/target-states.ts'`,
  ],
  ['ui-knows-no-feature', 'web/src/ui/seed.ts', `import '../features/publishing/target-states.ts'`],
  ['sandbox-alone', 'sandbox/seed-alone.ts', `import '../contract/index.ts'`],
  ['server-without-sandbox', 'server/platform/seed-sandbox.ts', `import '../../sandbox/start.ts'`],
  ['no-tests-inside', `${M}/media/seed-test.ts`, `import './test-files.ts'`],
  ['runs-without-dev-packages', 'server/platform/seed-dev.ts', `import 'vite'`],
  ['resolves', 'server/platform/seed-missing.ts', `import './no-such-file.ts'`],
  [
    'no-cycles',
    `${M}/publishing/seed-cycle-back.ts`,
    `import { a } from './seed-cycle.ts'\nexport const b = () => a`,
  ],
]

/** What seeds need to be there; nothing is expected of these. */
const soil = [
  [
    `${M}/publishing/seed-cycle.ts`,
    `import { b } from './seed-cycle-back.ts'\nexport const a = () => b`,
  ],
]

/**
 * Plants all violations in a copy of `folders` and lets `look` find them.
 * @returns How many were caught, which were not, and the rules for which there is no seed.
 */
export async function seedViolations(folders, look) {
  const copy = mkdtempSync(join(tmpdir(), 'avow-seeds-'))
  try {
    for (const name of [...folders, 'package.json', 'tsconfig.json']) {
      cpSync(join(root, name), join(copy, name), {
        recursive: true,
        filter: (source) => !source.endsWith('web/dist'),
      })
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    for (const [file, code] of [...soil, ...seeds.map(([, ...seed]) => seed)]) {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      appendFileSync(join(copy, file), `\n${code}\n`)
    }
    const { violations } = await look(copy)
    const found = new Set(violations.map(({ rule, from }) => `${rule.name} ${from}`))
    const missed = seeds.filter(([rule, file]) => !found.has(`${rule} ${file}`))
    const seeded = new Set(seeds.map(([rule]) => rule))
    return {
      caught: seeds.length - missed.length,
      missed: missed.map(([rule, file]) => ({ rule, file })),
      unproven: config.forbidden.map(({ name }) => name).filter((name) => !seeded.has(name)),
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
