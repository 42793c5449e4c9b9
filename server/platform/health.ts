import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from './database.ts'
import { AppError, errorBody } from './errors.ts'

/**
 * `/healthz`: the process answers. `/readyz`: it can serve, which needs the database. `/metrics`:
 * figures in Prometheus' text format, for callers on this machine only.
 */
export function mountHealth(server: FastifyInstance, database: Database): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'avow_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'avow_database_connections',
    help: 'Connections of the pool, by use',
    labelNames: ['use'] as const,
    registers: [registry],
    collect() {
      this.set({ use: 'idle' }, database.pool.idleCount)
      this.set({ use: 'waiting' }, database.pool.waitingCount)
      this.set({ use: 'total' }, database.pool.totalCount)
    },
  })
  new Gauge({
    name: 'avow_jobs',
    help: 'Jobs by queue and state',
    labelNames: ['queue', 'state'] as const,
    registers: [registry],
    async collect() {
      const { rows } = await database.pool.query<{ name: string; state: string; count: number }>(
        "select name, state::text, count(*)::int from pgboss.job where state < 'completed' group by 1, 2",
      )
      this.reset()
      for (const { name, state, count } of rows) this.set({ queue: name, state }, count)
    },
  })

  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    requests.observe(
      { route, method: request.method, status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })
  server.get('/healthz', async () => ({ ok: true }))
  server.get('/readyz', async (request, reply) => {
    try {
      await database.pool.query('select 1')
      return { ok: true }
    } catch (cause) {
      const error = new AppError('unavailable', { message: 'The database does not answer.', cause })
      return reply.status(503).send(errorBody(error, request.id))
    }
  })
  server.get('/metrics', async (request, reply) => {
    if (!isThisMachine(request.ip)) return reply.callNotFound()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

const isThisMachine = (ip: string) => ip === '::1' || ip.replace(/^::ffff:/, '').startsWith('127.')
