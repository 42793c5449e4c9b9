import { defineConfig } from 'vitest/config'

// Unit and integration tests. The journeys in a browser have a runner of their own, e2e/run.ts.
export default defineConfig({
  test: {
    include: [
      '{contract,server,sandbox,promises,scripts,bench,prove}/**/*.test.ts',
      'web/**/*.test.{ts,tsx}',
    ],
    environment: 'node',
    globalSetup: 'server/test-kit/global-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    // A test that passes at the second try has found a fault.
    retry: 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
