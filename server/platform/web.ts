import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const built = join(import.meta.dirname, '../../web/dist')

/** Serves the built web app: files under /assets for ever, the page itself at every other address. */
export async function mountWeb(server: FastifyInstance): Promise<void> {
  if (!existsSync(join(built, 'index.html'))) {
    throw new Error('The web app is not built. Run “npm run build”.')
  }
  await server.register(fastifyStatic, {
    root: built,
    index: false,
    // One route a file, made at the start: what is built does not change while we run.
    wildcard: false,
    prefix: '/',
    setHeaders(reply, path) {
      const hashed = path.includes('/assets/')
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  server.get('/', (_request, reply) => reply.sendFile('index.html'))
  server.get('/*', (request, reply) => {
    // An address of the app, asked for by a browser. Everything else does not exist.
    const page = request.headers.accept?.includes('text/html') && !request.url.startsWith('/api/')
    return page ? reply.sendFile('index.html') : reply.callNotFound()
  })
}
