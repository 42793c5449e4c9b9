import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { fromDrizzle, type Job, type JobResult, PgBoss } from 'pg-boss'
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
  sendMany<P extends object>(
    tx: Tx,
    signal: JobSignal<P>,
    rows: { payload: P; at?: Date }[],
  ): Promise<void>
  /** Names the verb that works on a kind of job. Before `start`. */
  on<P extends object>(signal: JobSignal<P>, verb: JobVerb<P>): void
  start(): Promise<void>
  /** Lets running jobs end for up to `ms`, then releases them for others. */
  stop(ms: number): Promise<void>
  /** Works off everything that is due now. For tests, in place of `start`. */
  drain(): Promise<void>
}

const schema = 'pgboss'

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

export function openJobs(url: string, options: { log: Log; supervise: boolean }): Jobs {
  const boss = new PgBoss({
    connectionString: url,
    schema,
    migrate: false,
    createSchema: false,
    max: 6,
    useListenNotify: true,
    supervise: options.supervise,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    schedule: options.supervise,
  })
  boss.on('error', (error) => options.log.warn({ err: error }, 'job queue'))
  const work = new Map<string, { signal: JobSignal<never>; verb: JobVerb<never> }>()
  let started: Promise<unknown> | undefined
  // Sending needs the queues' settings, which the library reads once it has started.
  const ready = () => {
    started ??= boss.start()
    return started
  }

  /** Jobs that a verb works on now, with their kind. */
  const running = new Map<string, string>()
  async function settle(jobs: Job<object>[], aborted: AbortSignal): Promise<JobResult[]> {
    return Promise.all(
      jobs.map(async (job): Promise<JobResult> => {
        const entry = work.get(job.name)
        if (!entry) throw new Error(`Nobody works on ${job.name}`)
        try {
          const payload = entry.signal.payload.parse(job.data)
          // Only jobs that a worker took have a signal of their own; `drain` fetches them bare.
          const signals = [aborted, job.signal as AbortSignal | undefined]
          const signal = AbortSignal.any(signals.filter((one) => one !== undefined))
          running.set(job.id, job.name)
          await entry.verb(payload, { signal })
          return { id: job.id, status: 'completed' }
        } catch (error) {
          options.log.error({ err: error, job: job.name, jobId: job.id }, 'job failed')
          return { id: job.id, status: 'failed', output: { error: String(error).slice(0, 500) } }
        } finally {
          running.delete(job.id)
        }
      }),
    )
  }

  const stopping = new AbortController()
  return {
    async send(tx, signal, payload, at) {
      await ready()
      await boss.send(signal.name, payload, {
        db: fromDrizzle(tx, sql),
        ...(at ? { startAfter: at } : {}),
      })
    },
    async sendMany(tx, signal, rows) {
      if (rows.length === 0) return
      await ready()
      await boss.insert(
        signal.name,
        rows.map((row) => ({ data: row.payload, ...(row.at ? { startAfter: row.at } : {}) })),
        { db: fromDrizzle(tx, sql) },
      )
    },
    on(signal, verb) {
      work.set(signal.name, {
        signal: signal as unknown as JobSignal<never>,
        verb: verb as unknown as JobVerb<never>,
      })
    },
    async start() {
      await ready()
      for (const { signal } of work.values()) {
        if (signal.cron) await boss.schedule(signal.name, signal.cron, {})
        const workers = Math.min(4, signal.parallel)
        await boss.work(
          signal.name,
          {
            batchSize: Math.ceil(signal.parallel / workers),
            localConcurrency: workers,
            perJobResults: true,
            // Due times are found by polling; jobs for now are announced.
            pollingIntervalSeconds: 0.5,
            notifyPollingIntervalSeconds: 0.5,
            burstWhenBatchFull: true,
          },
          (jobs: Job<object>[]) => settle(jobs, stopping.signal),
        )
      }
      // Whoever ran before us may have died with jobs in hand; the timer would look only later, and
      // never on a server that does not live long.
      if (options.supervise) await boss.supervise()
    },
    async stop(ms) {
      stopping.abort(new Error('The server stops'))
      if (!started) return
      for (const name of work.keys()) await boss.offWork(name, { wait: false })
      const until = Date.now() + ms
      while (running.size > 0 && Date.now() < until) await wait(50)
      // Whoever does not heed the signal: their jobs are free at once, not when they count as silent.
      for (const [id, name] of running) await boss.fail(name, id, { error: 'The server stopped' })
      await boss.stop({ graceful: false, close: true })
    },
    async drain() {
      await ready()
      for (let idle = false; !idle; ) {
        idle = true
        for (const name of work.keys()) {
          const jobs = await boss.fetch<object>(name, { batchSize: 50 })
          if (jobs.length === 0) continue
          idle = false
          for (const result of await settle(jobs, stopping.signal)) {
            if (result.status === 'completed') await boss.complete(name, result.id)
            else await boss.fail(name, result.id, result.output as object)
          }
        }
      }
    },
  }
}
