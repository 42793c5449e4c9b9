// Who may import whom. Rules about modules are made from server/architecture.mjs; every rule here
// is proven to bite by scripts/seed-violations.mjs.
import { uses } from './server/architecture.mjs'

const M = '^server/modules/'
const test = '\\.(test|fixture)\\.tsx?$|/test-[^/]+\\.ts$'
// A type is gone before anything runs.
const notForTypes = { dependencyTypesNot: ['type-only', 'type-import'] }
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const graph = Object.entries(uses).map(([module, used]) =>
  rule(
    `uses-${module}`,
    'server/architecture.mjs does not let it use that module; learn of it from a recorded event.',
    { path: `${M}${module}/` },
    { path: M, pathNot: [module, ...used].map((name) => `${M}${name}/`) },
  ),
)

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...graph,
    rule(
      'known-module',
      'Name the module, and what it uses, in server/architecture.mjs.',
      { path: M, pathNot: Object.keys(uses).map((name) => `${M}${name}/`) },
      {},
    ),
    rule(
      'front-door',
      'Another module is reached through its index.ts only.',
      { path: `${M}([^/]+)/`, pathNot: ['/tables\\.ts$', test] },
      { path: M, pathNot: [`${M}$1/`, `${M}[^/]+/index\\.ts$`] },
    ),
    rule(
      'foreign-keys-only',
      'tables.ts may name the tables of a module it uses, for its foreign keys; nothing else of it.',
      { path: `${M}([^/]+)/tables\\.ts$` },
      { path: M, pathNot: [`${M}$1/`, `${M}[^/]+/tables\\.ts$`] },
    ),
    rule(
      'app-front-door',
      'The app puts modules together through their entry.ts, index.ts and personal-data.ts.',
      { path: '^server/[^/]+\\.ts$', pathNot: test },
      { path: M, pathNot: `${M}[^/]+/(index|entry|personal-data)\\.ts$` },
    ),
    rule(
      'inward-only',
      'entry, api, jobs and webhooks call the verbs; a verb names a job by its signal.',
      { path: M, pathNot: [`${M}[^/]+/(entry|api|jobs|webhooks)\\.ts$`, test] },
      { path: `${M}[^/]+/(entry|api|jobs|webhooks)\\.ts$` },
    ),
    rule(
      'data-map-only',
      'personal-data.ts is read where the data map is put together.',
      { path: M, pathNot: [`${M}[^/]+/(entry|personal-data)\\.ts$`, test] },
      { path: `${M}[^/]+/personal-data\\.ts$` },
    ),
    rule(
      'sql-in-stores',
      'SQL stands in store.ts, store-<noun>.ts, <noun>-store.ts and tables.ts.',
      { path: M, pathNot: ['/(store|store-[^/]+|[^/]+-store|tables)\\.ts$', test] },
      { path: 'node_modules/(drizzle-orm|pg)/', ...notForTypes },
    ),
    rule(
      'rules-are-pure',
      'rules.ts decides on what it is given: no input, no output, the clock passed in.',
      { path: '/rules\\.ts$' },
      {
        pathNot: ['/(rules|types)\\.ts$', '^contract/', 'node_modules/(zod|temporal-polyfill)/'],
        ...notForTypes,
      },
    ),
    rule(
      'platform-knows-no-module',
      'The platform knows no word of the product.',
      { path: '^server/platform/' },
      { path: ['^server/modules/', '^server/[^/]+\\.ts$'] },
    ),
    rule(
      'adapters-alone',
      'An adapter knows the contract of adapters and the platform, not Avow.',
      { path: `${M}networks/adapters/([^/]+)/`, pathNot: test },
      {
        path: '^(server|contract|web|sandbox)/',
        pathNot: [
          `${M}networks/adapters/$1/`,
          `${M}networks/adapter\\.ts$`,
          '^server/platform/(egress|errors|crypto|clock|config|log|recipients)\\.ts$',
        ],
        ...notForTypes,
      },
    ),
    rule(
      'adapters-by-registry',
      'An adapter is reached through the registry, so that no network is special.',
      { path: '^server/', pathNot: [`${M}networks/(adapters/|registry\\.ts$)`, test] },
      { path: `${M}networks/adapters/` },
    ),
    rule(
      'contract-is-a-leaf',
      'The contract imports zod and the contract library only.',
      { path: '^contract/', pathNot: test },
      { pathNot: ['^contract/', 'node_modules/(zod|@orpc/contract)/'] },
    ),
    rule(
      'web-sees-the-contract-only',
      'What the browser gets must not reach into the server or the sandbox.',
      { path: '^web/' },
      { path: '^(server|sandbox|bench|prove|e2e|scripts|promises)/' },
    ),
    rule(
      'feature-to-feature',
      'Two features on one page are put together in app/.',
      { path: '^web/src/features/([^/]+)/' },
      { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    ),
    rule(
      'ui-knows-no-feature',
      'ui/ holds parts that know nothing of the product.',
      { path: '^web/src/ui/' },
      { path: '^web/src/features/' },
    ),
    rule(
      'sandbox-alone',
      'The sandbox must not share our understanding of a vendor: it imports nothing of ours.',
      { path: '^sandbox/' },
      { path: '^(server|contract|web|bench|prove|e2e|scripts|promises)/' },
    ),
    rule(
      'server-without-sandbox',
      'Only tests start the sandbox; the server knows it by its address.',
      { path: '^server/', pathNot: ['^server/test-kit/', test] },
      { path: '^(sandbox|web|bench|prove|e2e|scripts|promises)/' },
    ),
    rule(
      'no-tests-inside',
      'What is for tests stays with tests.',
      { path: '^(server|sandbox|contract|web)/', pathNot: ['^server/test-kit/', test] },
      { path: ['^server/test-kit/', test] },
    ),
    rule(
      'runs-without-dev-packages',
      'What runs in production is among the dependencies.',
      { path: '^(server|sandbox|contract)/', pathNot: ['^server/test-kit/', test] },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], ...notForTypes },
    ),
    rule('resolves', 'The imported file or package does not exist.', {}, { couldNotResolve: true }),
    rule(
      'no-cycles',
      'Two files that need each other are one idea, or three. Types alone may.',
      {},
      { circular: true, viaOnly: notForTypes },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // `virtual:` is made by Vite; its types stand in web/src/contract-routes.d.ts.
    exclude: { path: ['^virtual:', '^web/dist/', '^web/public/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'browser', 'default', 'types'],
    },
  },
}
