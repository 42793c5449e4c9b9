import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { mountControl } from './control/control.ts'
import { refuseForeignOrigin } from './foreign-origin.ts'
import { mountPages } from './pages/pages.ts'
import { serveCall } from './serve-call.ts'
import type { Vendor } from './vendor.ts'
import { mountSignIn } from './vendors/google/sign-in-page.ts'
import { googleVendor } from './vendors/google/vendor.ts'
import { mountConsent } from './vendors/pinterest/consent.ts'
import { mountPictures } from './vendors/pinterest/pictures.ts'
import { pinterestVendor } from './vendors/pinterest/vendor.ts'
import { resendVendor } from './vendors/resend/vendor.ts'
import { World } from './world.ts'

export type SandboxOptions = {
  /** 0 for one that the system chooses. */
  port?: number
  host?: string
  /** Folder that keeps the world over a restart; without it, it lives in memory and a temporary folder. */
  data?: string | undefined
  /** File that gets every exchange as a JSON line. */
  log?: string | undefined
  /** Makes the draws of faults with a probability repeatable. */
  seed?: string | undefined
}

export type Sandbox = { url: string; world: World; close: () => Promise<void> }

/** Five pictures of 20 MB in base64, and the rest of a pin. */
const BODY_LIMIT = 140 * 1024 * 1024
/** Who answers here; each serves its own hosts. */
export const VENDORS = [pinterestVendor, googleVendor, resendVendor]
const OPERATIONS = VENDORS.flatMap(({ routes }) => routes.map(({ operation }) => operation))

/** Starts the world on one port, with a path prefix for each host of a vendor. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = '127.0.0.1', ...rest } = options
  const log: FastifyBaseLogger = pino({ name: 'sandbox', level: 'warn' }, pino.destination(2))
  const world = new World({
    ...rest,
    report: (error) => log.error(error, 'The world could not be saved'),
  })
  const app = fastify({
    loggerInstance: log,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  })
  readBodiesRaw(app)
  refuseForeignOrigin(app)
  for (const vendor of VENDORS) mountVendor(app, world, vendor)
  mountConsent(app, world)
  mountSignIn(app, world)
  mountPictures(app, world)
  mountControl(app, world)
  mountPages(app, world, OPERATIONS)
  answerUnknownPaths(app, world)
  await app.listen({ port, host })
  world.resumeProcessing()
  return { url: addressOf(app, host), world, close: () => stop(app, world) }
}

/** Every vendor reads its own body; a multipart one is a stream that its handler sends to disk. */
function readBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('multipart/form-data', (_request, payload, done) => done(null, payload))
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

function mountVendor(app: FastifyInstance, world: World, vendor: Vendor): void {
  for (const route of vendor.routes) {
    for (const host of route.hosts) {
      app.route({
        method: route.method,
        url: `/${host}${route.path}`,
        handler: async (request, reply) => {
          await serveCall(world, vendor, route, request, reply)
          return reply
        },
      })
    }
  }
}

/** A path that a vendor does not have is answered, and logged, by that vendor. */
function answerUnknownPaths(app: FastifyInstance, world: World): void {
  app.setNotFoundHandler(async (request, reply) => {
    const host = request.url.split('/', 2)[1] ?? ''
    const vendor = VENDORS.find(({ hosts }) => hosts.includes(host))
    if (!vendor) return reply.code(404).type('text/plain').send('Nothing here in the sandbox')
    const route = {
      operation: `${request.method} (unknown)`,
      handle: (call: Parameters<Vendor['failure']>[0]) =>
        vendor.failure(call, { status: 404, kind: 'unknown-path' }),
    }
    await serveCall(world, vendor, route, request, reply)
    return reply
  })
}

function addressOf(app: FastifyInstance, host: string): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const name = host === '0.0.0.0' || host === '127.0.0.1' || host === '::' ? 'localhost' : host
  return `http://${name}:${port}`
}

async function stop(app: FastifyInstance, world: World): Promise<void> {
  // Calls that hang by a fault never end by themselves.
  app.server.closeAllConnections()
  await app.close()
  await world.close()
}
