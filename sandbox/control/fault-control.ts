import type { FastifyInstance } from 'fastify'
import { FAULT_KINDS, faultInput } from '../faults.ts'
import type { World } from '../world.ts'
import { found, readControlBody } from './control-problem.ts'

export function mountFaultControl(app: FastifyInstance, world: World): void {
  app.get('/faults', async () => ({ rules: world.faults.list(), kinds: FAULT_KINDS }))
  app.post('/faults', async (request, reply) => {
    const rule = world.faults.add(readControlBody(request, faultInput))
    world.changed()
    return reply.code(201).send(rule)
  })
  app.delete('/faults', async (_request, reply) => {
    world.faults.clear()
    world.changed()
    return reply.code(204).send()
  })
  app.delete('/faults/:id', async (request, reply) => {
    const { id } = request.params as { id: string }
    found(world.faults.remove(id) || undefined, `fault ${id}`)
    world.changed()
    return reply.code(204).send()
  })
}
