import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { World } from '../world.ts'

const query = z.object({
  after: z.coerce.number().int().min(0).default(0),
  type: z.string().optional(),
})
const CHUNK = 500

export function mountHistoryControl(app: FastifyInstance, world: World): void {
  app.get('/history', async (request, reply) => {
    const { after, type } = query.parse(request.query)
    return reply.type('application/json').send(Readable.from(asJson(world, after, type)))
  })
  app.get('/history/counts', async () => ({
    ...world.history.counts(),
    lastSeq: world.history.lastSeq,
  }))
}

/** A JSON array, written piece by piece: a history of a whole proof need not fit into one text. */
function* asJson(world: World, after: number, type: string | undefined): Generator<string> {
  let text = '['
  let written = 0
  for (const entry of world.history.after(after, type)) {
    text += `${written > 0 ? ',\n' : ''}${JSON.stringify(entry)}`
    written += 1
    if (written % CHUNK === 0) {
      yield text
      text = ''
    }
  }
  yield `${text}]`
}
