import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { person } from '../vendors/google/state.ts'
import type { World } from '../world.ts'
import { found, readControlBody } from './control-problem.ts'

const newPerson = z.strictObject({
  name: z.string().min(1),
  email: z.email(),
  sub: z
    .string()
    .regex(/^\d{1,255}$/)
    .optional(),
  emailVerified: z.boolean().optional(),
  hd: z.string().optional(),
})

const clientChange = z.strictObject({ redirectUris: z.array(z.url()) })

export function mountGoogleControl(app: FastifyInstance, world: World): void {
  app.get('/google/people', async () => ({ people: [...world.google.people.values()] }))
  app.post('/google/people', async (request, reply) => {
    const { name, email, sub, emailVerified, hd } = readControlBody(request, newPerson)
    const added = person(sub ?? newSub(), name, email, {
      ...(emailVerified === undefined ? {} : { emailVerified }),
      ...(hd === undefined ? {} : { hd }),
    })
    world.google.people.set(added.sub, added)
    world.changed()
    return reply.code(201).send(added)
  })
  app.patch('/google/clients/:id', async (request) => {
    const { id } = request.params as { id: string }
    const client = found(world.google.clients.get(id), `client ${id}`)
    Object.assign(client, readControlBody(request, clientChange))
    world.changed()
    return client
  })
}

/** 21 digits, as Google's are. */
const newSub = () =>
  `1${String(crypto.getRandomValues(new BigUint64Array(1))[0])
    .padStart(20, '0')
    .slice(0, 20)}`
