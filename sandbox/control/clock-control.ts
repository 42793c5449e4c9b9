import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { World } from '../world.ts'
import { readControlBody } from './control-problem.ts'

const move = z.strictObject({
  now: z.union([z.iso.datetime({ offset: true }), z.literal('real')]).optional(),
  advanceMs: z.number().optional(),
  rate: z.number().min(0).max(100_000).optional(),
})

export function mountClockControl(app: FastifyInstance, world: World): void {
  const present = () => ({ now: world.clock.iso(), rate: world.clock.rate })
  app.get('/clock', async () => present())
  app.post('/clock', async (request) => {
    const { now, advanceMs, rate } = readControlBody(request, move)
    if (now === 'real') world.clock.toRealTime()
    world.clock.move({
      ...(now && now !== 'real' ? { nowMs: Date.parse(now) } : {}),
      ...(advanceMs === undefined ? {} : { advanceMs }),
      ...(rate === undefined ? {} : { rate }),
    })
    world.changed()
    return present()
  })
}
