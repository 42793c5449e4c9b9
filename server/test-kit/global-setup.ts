import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedDatabase } from '../platform/embedded-database.ts'
import { createLog } from '../platform/log.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser's address of the cluster that all tests share. */
    clusterUrl: string
  }
}

/** One PostgreSQL for the whole run, in memory's manner: its data may be lost. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'avow-test-'))
  // PostgreSQL runs as a user of its own when we are root.
  await chmod(folder, 0o755)
  const cluster = await startEmbeddedDatabase({
    folder: join(folder, 'postgres'),
    password: 'for tests only',
    log: createLog({ level: 'warn' }),
    flags: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'],
  })
  project.provide('clusterUrl', cluster.adminUrl)
  return async () => {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
