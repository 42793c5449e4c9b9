import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { linksOf } from '../vendors/resend/links.ts'
import type { Mail } from '../vendors/resend/mailbox.ts'
import type { World } from '../world.ts'
import { found, readControlBody } from './control-problem.ts'

const query = z.object({
  to: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

export function mountMailboxControl(app: FastifyInstance, world: World): void {
  app.get('/mailbox', async (request) => {
    const { to, limit } = query.parse(request.query)
    return { mails: world.mailbox.list(limit, to).map(present) }
  })
  app.get('/mailbox/:id', async (request) => {
    const { id } = request.params as { id: string }
    return present(found(world.mailbox.find(id), `mail ${id}`))
  })
  app.delete('/mailbox', async (_request, reply) => {
    world.mailbox.clear()
    world.changed()
    return reply.code(204).send()
  })
  app.patch('/resend', async (request) => {
    const { perSecond } = readControlBody(
      request,
      z.strictObject({ perSecond: z.int().positive() }),
    )
    world.mailbox.perSecond = perSecond
    world.changed()
    return { perSecond }
  })
}

const present = (mail: Mail) => ({
  ...mail,
  at: new Date(mail.at).toISOString(),
  links: linksOf(mail),
})
