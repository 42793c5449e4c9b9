import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { AppError } from './errors.ts'

const built = join(import.meta.dirname, '../../web/dist')

/** Serves the built web app: files under /assets for ever, the page itself at every other address. */
export async function mountWeb(server: FastifyInstance): Promise<void> {
  if (!existsSync(join(built, 'index.html'))) {
    throw new Error('The web app is not built. Run “npm run build”.')
  }
  await server.register(fastifyStatic, {
    root: built,
    index: false,
    wildcard: true,
    prefix: '/',
    setHeaders(reply, path) {
      const hashed = path.includes('/assets/')
      reply.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  server.get('/', (_request, reply) => reply.sendFile('index.html'))
  server.setNotFoundHandler((request, reply) => {
    // A page of the app has no dot and is asked for by a browser; all else does not exist.
    const page = request.method === 'GET' && request.headers.accept?.includes('text/html')
    if (page && !request.url.startsWith('/api/')) return reply.sendFile('index.html')
    throw new AppError('not_found', { message: 'There is no such address.' })
  })
}
