import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { fromDrizzle, type Job, type JobResult, PgBoss } from 'pg-boss'
import type { Tx } from './database.ts'
import { type JobSignal, type Jobs, type JobVerb, schema } from './jobs.ts'
import type { Log } from './log.ts'

type Work = { signal: JobSignal<never>; verb: JobVerb<never> }

/** The job queue over the database at `url`, as the app's role. `supervise`: it also mends and repeats. */
export function openJobs(url: string, options: { log: Log; supervise: boolean }): Jobs {
  return new QueuedJobs(url, options)
}

class QueuedJobs implements Jobs {
  readonly #boss: PgBoss
  readonly #log: Log
  readonly #supervise: boolean
  readonly #work = new Map<string, Work>()
  /** Jobs that a verb works on now, with their kind. */
  readonly #running = new Map<string, string>()
  readonly #stopping = new AbortController()
  #started: Promise<unknown> | undefined

  constructor(url: string, { log, supervise }: { log: Log; supervise: boolean }) {
    this.#log = log
    this.#supervise = supervise
    this.#boss = new PgBoss({
      connectionString: url,
      schema,
      migrate: false,
      createSchema: false,
      max: 6,
      useListenNotify: true,
      supervise,
      superviseIntervalSeconds: 5,
      monitorIntervalSeconds: 5,
      schedule: supervise,
    })
    this.#boss.on('error', (error) => log.warn({ err: error }, 'job queue'))
  }

  async send<P extends object>(tx: Tx, signal: JobSignal<P>, payload: P, at?: Date): Promise<void> {
    await this.#ready()
    const db = fromDrizzle(tx, sql)
    await this.#boss.send(signal.name, payload, { db, ...(at ? { startAfter: at } : {}) })
  }

  on<P extends object>(signal: JobSignal<P>, verb: JobVerb<P>): void {
    // The map holds kinds of different payloads; each verb gets what its own signal has parsed.
    this.#work.set(signal.name, { signal, verb } as unknown as Work)
  }

  async start(): Promise<void> {
    await this.#ready()
    for (const { signal } of this.#work.values()) {
      if (signal.cron) await this.#boss.schedule(signal.name, signal.cron, {})
      const workers = Math.min(4, signal.parallel)
      await this.#boss.work(
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
        (jobs: Job<object>[]) => this.#settleAll(jobs),
      )
    }
    // Whoever ran before us may have died with jobs in hand; the timer would look only later, and
    // never on a server that does not live long.
    if (this.#supervise) await this.#boss.supervise()
  }

  async stop(ms: number): Promise<void> {
    this.#stopping.abort(new Error('The server stops'))
    if (!this.#started) return
    for (const name of this.#work.keys()) await this.#boss.offWork(name, { wait: false })
    const until = Date.now() + ms
    while (this.#running.size > 0 && Date.now() < until) await wait(50)
    // Whoever does not heed the signal: their jobs are free at once, not when they count as silent.
    for (const [id, name] of this.#running) {
      await this.#boss.fail(name, id, { error: 'The server stopped' })
    }
    await this.#boss.stop({ graceful: false, close: true })
  }

  async drain(): Promise<void> {
    await this.#ready()
    for (let idle = false; !idle; ) {
      idle = true
      for (const name of this.#work.keys()) {
        const jobs = await this.#boss.fetch<object>(name, { batchSize: 50 })
        if (jobs.length === 0) continue
        idle = false
        for (const result of await this.#settleAll(jobs)) {
          if (result.status === 'completed') await this.#boss.complete(name, result.id)
          else await this.#boss.fail(name, result.id, result.output as object)
        }
      }
    }
  }

  /** Sending needs the queues' settings, which the library reads once it has started. */
  #ready(): Promise<unknown> {
    this.#started ??= this.#boss.start()
    return this.#started
  }

  #settleAll(jobs: Job<object>[]): Promise<JobResult[]> {
    return Promise.all(jobs.map((job) => this.#settle(job)))
  }

  async #settle(job: Job<object>): Promise<JobResult> {
    const work = this.#work.get(job.name)
    if (!work) throw new Error(`Nobody works on ${job.name}`)
    // Only jobs that a worker took have a signal of their own; `drain` fetches them bare.
    const signals = [this.#stopping.signal, job.signal as AbortSignal | undefined]
    const signal = AbortSignal.any(signals.filter((one) => one !== undefined))
    this.#running.set(job.id, job.name)
    try {
      await work.verb(work.signal.payload.parse(job.data), { signal })
      return { id: job.id, status: 'completed' }
    } catch (error) {
      this.#log.error({ err: error, job: job.name, jobId: job.id }, 'job failed')
      return { id: job.id, status: 'failed', output: { error: String(error).slice(0, 500) } }
    } finally {
      this.#running.delete(job.id)
    }
  }
}
