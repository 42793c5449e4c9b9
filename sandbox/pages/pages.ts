import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'
export function mountPages(app: FastifyInstance, world: World): void {
  app.get('/', async () => ({ now: world.clock.iso() }))
}
