import { randomUUID } from 'node:crypto'
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import type { AnyRouter } from '@orpc/server'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { type ApiContext, type ApiRequest, asApiError, type ErrorData } from './api.ts'
import type { Platform } from './context.ts'
import { AppError, errorBody, toAppError } from './errors.ts'

const largestJsonBytes = 1024 * 1024

/** A Fastify server with our errors, request ids, security headers and access log. */
export function createHttp({ config, log }: Pick<Platform, 'config' | 'log'>): FastifyInstance {
  const server = Fastify({
    loggerInstance: log.child({ part: 'http' }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: largestJsonBytes,
    // Requests under way are ended by `close`; idle keep-alive connections must not hold it up.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.headers(securityHeaders(config.secure))
  })
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, id, ip } = request
    request.log.info(
      {
        requestId: id,
        method,
        route: routeOptions.url ?? 'none',
        status: reply.statusCode,
        ip,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
  server.setErrorHandler((thrown: Error & { statusCode?: number }, request, reply) => {
    const { error, expected } = toAppError(fromFastify(thrown))
    if (!expected) request.log.error({ err: thrown, requestId: request.id }, 'request failed')
    return reply.status(error.status).send(errorBody(error, request.id))
  })
  server.setNotFoundHandler((request, reply) => {
    const error = new AppError('not_found', { message: 'There is no such address.' })
    return reply.status(404).send(errorBody(error, request.id))
  })
  return server
}

/**
 * Takes no new requests and lets those under way end, for up to `ms`; then cuts them. A connection
 * that a browser keeps open after its answer is closed at once: it would hold up the end for a minute.
 */
export async function closeHttp(server: FastifyInstance, ms: number): Promise<void> {
  const closeIdle = setInterval(() => server.server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.server.closeAllConnections(), ms)
  try {
    await server.close()
  } finally {
    clearInterval(closeIdle)
    clearTimeout(cut)
  }
}

/**
 * Same for every answer; pages that need more say so themselves. Nothing is loaded from third
 * parties, nothing may frame us. Mantine sets style attributes, so inline styles are let through.
 */
export function securityHeaders(secure: boolean): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' blob: data:",
      "media-src 'self' blob:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    ...(secure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/** Serves the contract's routes under `prefix`, JSON in and out. */
export function mountApi(
  server: FastifyInstance,
  router: AnyRouter,
  prefix: string,
  context: Omit<ApiContext, 'request'>,
): void {
  const { log } = context.platform
  const handler = new OpenAPIHandler<ApiContext>(router, {
    customErrorResponseBodyEncoder: (error) => {
      const { error: known, requestId } = error.data as ErrorData
      return errorBody(known, requestId)
    },
    interceptors: [
      async ({ next, context: { request } }) => {
        try {
          return await next()
        } catch (thrown) {
          throw asApiError(thrown, request.id, (error) =>
            log.error({ err: error, requestId: request.id }, 'request failed'),
          )
        }
      },
    ],
  })
  server.register(async (api) => {
    // Read here, not by the API library: it knows no limit. Anything but JSON is answered with 415.
    const parse = api.getDefaultJsonParser('error', 'error')
    api.removeAllContentTypeParsers()
    api.addContentTypeParser<string>(
      'application/json',
      { parseAs: 'string' },
      (request, body, done) => (body === '' ? done(null, {}) : parse(request, body, done)),
    )
    api.all(`${prefix}/*`, async (request, reply) => {
      const { matched } = await handler.handle(request, reply, {
        prefix: prefix as `/${string}`,
        context: {
          ...context,
          request: apiRequest(request, (name, value) => void reply.header(name, value)),
        },
      })
      if (!matched) reply.callNotFound()
    })
  })
}

/** A plain route's request in the shape that `authenticate` takes. */
export function apiRequest(
  request: FastifyRequest,
  answerHeader: ApiRequest['answerHeader'],
): ApiRequest {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, String(value))
  }
  return { id: request.id, method: request.method, headers, ip: request.ip, answerHeader }
}

function fromFastify(thrown: Error & { statusCode?: number }): unknown {
  if (thrown instanceof AppError) return thrown
  const status = thrown.statusCode ?? 500
  if (status === 413) return new AppError('too_large', { message: 'The request is too large.' })
  if (status === 415) return new AppError('unsupported_media', { message: 'Send this as JSON.' })
  if (status >= 400 && status < 500) return new AppError('bad_request', { message: thrown.message })
  return thrown
}
