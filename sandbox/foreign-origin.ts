import type { FastifyInstance } from 'fastify'

/**
 * A page of another site, open in the same browser, must not press this world's buttons: what a
 * browser sends from elsewhere with an effect is refused. Programs send no Origin and pass.
 */
export function refuseForeignOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers
    if (request.method === 'GET' || origin === undefined) return
    const isOwn = URL.canParse(origin) && new URL(origin).host === host
    if (!isOwn)
      await reply.code(403).type('text/plain').send('Only the sandbox’s own pages may do this')
  })
}
