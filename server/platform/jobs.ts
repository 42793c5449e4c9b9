import pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { z } from 'zod'
import type { Tx } from './database.ts'
import type { Log } from './log.ts'
import { setUpLock } from './migrate.ts'

/**
 * A kind of job: its name, what it carries (ids only: payloads lie in a table in clear), and how it
 * is retried. Declared in a module's `signals.ts`, worked on in its `jobs.ts`.
 */
export type JobSignal<Payload extends object> = {
  name: string
  payload: z.ZodType<Payload>
  /** Tries after the first, when the verb throws. Waits grow from `retrySeconds`, doubled each time. */
  retries: number
  retrySeconds: number
  /** A worker that is silent for so long is taken for dead, and the job starts again. At least 10. */
  silentSeconds: number
  /** How many run at once in one process. */
  parallel: number
  /** Runs again and again: a cron expression in UTC. */
  cron?: string
}

export function defineJob<Payload extends object>(
  name: string,
  payload: z.ZodType<Payload>,
  options: Partial<Omit<JobSignal<Payload>, 'name' | 'payload'>> = {},
): JobSignal<Payload> {
  return { name, payload, retries: 8, retrySeconds: 2, silentSeconds: 20, parallel: 4, ...options }
}

export type JobContext = {
  /** Aborted when the server stops or the job was taken for dead: write nothing after that. */
  signal: AbortSignal
}
export type JobVerb<Payload> = (payload: Payload, job: JobContext) => Promise<void>

export type Jobs = {
  /** Enqueues in the caller's transaction: rolled back with it, visible with it. */
  send<P extends object>(tx: Tx, signal: JobSignal<P>, payload: P, at?: Date): Promise<void>
  /** Names the verb that works on a kind of job. Before `start`. */
  on<P extends object>(signal: JobSignal<P>, verb: JobVerb<P>): void
  start(): Promise<void>
  /** Lets running jobs end for up to `ms`, then releases them for others. */
  stop(ms: number): Promise<void>
  /** Works off everything that is due now. For tests, in place of `start`. */
  drain(): Promise<void>
}

/** Of the library's own tables. */
export const schema = 'pgboss'

/** Creates the queue's tables and queues, as owner, and lets the app's role use them. */
export async function setUpJobs(
  adminUrl: string,
  // biome-ignore lint/suspicious/noExplicitAny: a list over jobs of different payloads
  signals: readonly JobSignal<any>[],
  { log, pace }: { log: Log; pace: number },
): Promise<void> {
  const boss = new PgBoss({
    connectionString: adminUrl,
    schema,
    supervise: false,
    schedule: false,
    max: 2,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'job queue'))
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    // Servers that start together would trip over each other's grants.
    await client.query('select pg_advisory_lock($1)', [setUpLock])
    await boss.start()
    for (const signal of signals) await createQueue(boss, signal, pace)
    await client.query(`
      grant usage on schema ${schema} to avow_app;
      grant select, insert, update, delete on all tables in schema ${schema} to avow_app;
      grant usage on all sequences in schema ${schema} to avow_app;
      grant execute on all functions in schema ${schema} to avow_app;`)
  } finally {
    await boss.stop({ graceful: false })
    await client.end()
  }
}

async function createQueue(boss: PgBoss, signal: JobSignal<object>, pace: number): Promise<void> {
  const options = {
    retryLimit: signal.retries,
    retryDelay: signal.retrySeconds,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: 3600,
    // The least that the library takes is 10.
    heartbeatSeconds: Math.max(10, Math.ceil(signal.silentSeconds / pace)),
    retentionSeconds: 400 * 86_400,
    deleteAfterSeconds: 3 * 86_400,
    notify: true,
  }
  if (await boss.getQueue(signal.name)) await boss.updateQueue(signal.name, options)
  else await boss.createQueue(signal.name, options)
}
