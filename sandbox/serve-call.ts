import { once } from 'node:events'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FaultRule } from './faults.ts'
import type { Answer, Call, Vendor, VendorRoute } from './vendor.ts'
import type { World } from './world.ts'

type Outcome = Answer | 'drop' | 'hang'

const ARRANGING = new Set([
  'token-expired',
  'token-revoked',
  'scope-lost',
  'board-deleted',
  'media-fail',
])
const NOTHING = Buffer.alloc(0)

/**
 * One exchange with a vendor from end to end: the fault that strikes it (before or after its effect),
 * the handler, the entry in the exchange log, and the answer, or the silence, that the client gets.
 */
export async function serveCall(
  world: World,
  vendor: Vendor,
  route: Pick<VendorRoute, 'operation' | 'handle'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const started = performance.now()
  const call = readCall(world, vendor, request)
  const rule = world.faults.strike({
    vendor: vendor.name,
    operation: route.operation,
    method: call.method,
    path: call.url.pathname.replace(/^\/v5(?=\/)/, ''),
    account: () => vendor.accountOf(call),
  })
  call.fault = rule
  const outcome = await perform(vendor, route, call)
  const answer = typeof outcome === 'string' ? undefined : outcome
  world.exchanges.record(
    {
      at: new Date().toISOString(),
      vendor: vendor.name,
      method: call.method,
      url: call.url.href,
      requestHeaders: loggedHeaders(call),
      requestBody: loggedBody(call),
      status: answer?.status ?? null,
      responseHeaders: answer?.headers ?? {},
      responseBody: answer?.body || null,
      ...(rule ? { fault: rule.kind } : {}),
    },
    Math.round(performance.now() - started),
  )
  if (rule) world.changed()
  await send(outcome, request, reply)
}

function readCall(world: World, vendor: Vendor, request: FastifyRequest): Call {
  const [, host = ''] = request.url.split('/', 2)
  const body = request.body
  const isStream = typeof body === 'object' && body !== null && 'pipe' in body
  return {
    world,
    requestId: vendor.newRequestId(),
    method: request.method,
    url: new URL(`https://${request.url.slice(1)}`, `https://${host}`),
    params: request.params as Record<string, string>,
    headers: request.headers,
    body: Buffer.isBuffer(body) ? body : NOTHING,
    stream: isStream ? request.raw : undefined,
    fault: undefined,
    loggedBody: undefined,
  }
}

async function perform(
  vendor: Vendor,
  route: Pick<VendorRoute, 'operation' | 'handle'>,
  call: Call,
): Promise<Outcome> {
  const rule = call.fault
  const before = rule && beforeEffect(vendor, call, rule)
  if (before) {
    await drain(call)
    if (typeof before !== 'string') vendor.answered(call, route.operation, before)
    return before
  }
  if (rule) await prepare(vendor, route, call, rule)
  const answer = await route.handle(call)
  vendor.answered(call, route.operation, answer)
  // A call that was refused anyway had no effect to hide: the fault is for those that had one.
  return rule && answer.status < 400 ? afterEffect(vendor, call, rule, answer) : answer
}

async function prepare(
  vendor: Vendor,
  route: Pick<VendorRoute, 'operation'>,
  call: Call,
  rule: FaultRule,
): Promise<void> {
  if (ARRANGING.has(rule.kind)) await vendor.arrange(call, rule, route.operation)
  if (rule.kind === 'slow') await new Promise((done) => setTimeout(done, rule.ms ?? 1000))
}

function beforeEffect(vendor: Vendor, call: Call, rule: FaultRule): Outcome | undefined {
  switch (rule.kind) {
    case 'refuse':
      return failure(vendor, call, rule)
    case 'rate-limit':
    case 'spam': {
      const { code, message, retryAfter, reset, kind } = rule
      return vendor.failure(call, { status: 429, kind, code, message, retryAfter, reset })
    }
    case 's3-403':
      return vendor.failure(call, { status: 403, kind: 's3-403', message: rule.message })
    case 'drop-before':
      return 'drop'
    case 'hang-before':
      return 'hang'
    default:
      return undefined
  }
}

function afterEffect(vendor: Vendor, call: Call, rule: FaultRule, answer: Answer): Outcome {
  switch (rule.kind) {
    case 'drop-reply':
      return 'drop'
    case 'accept-then-hang':
      return 'hang'
    case 'accept-then-error':
      return failure(vendor, call, rule)
    case 'accept-then-truncate':
      return { ...answer, body: cut(answer.body) }
    default:
      return answer
  }
}

function failure(vendor: Vendor, call: Call, rule: FaultRule): Answer {
  const status = rule.status ?? 503
  const { code, message } = rule
  const own = vendor.failure(call, { status, kind: 'error', code, message })
  switch (rule.body ?? 'json') {
    case 'json':
      return own
    case 'html':
      return {
        status,
        headers: { ...own.headers, 'content-type': 'text/html; charset=utf-8' },
        body: `<!doctype html><html><head><title>${status}</title></head><body><h1>${status}</h1><p>The server encountered an error and could not complete your request.</p></body></html>`,
      }
    case 'truncated':
      return { ...own, body: cut(own.body) }
    case 'empty':
      return { status, headers: {}, body: null }
  }
}

function cut(body: string | null): string {
  return (body ?? '').slice(0, Math.ceil((body ?? '').length / 2))
}

/** A body that nobody reads keeps the client writing: let it finish, as a server that refuses would. */
async function drain(call: Call): Promise<void> {
  if (!call.stream || call.stream.readableEnded) return
  call.stream.resume()
  await once(call.stream, 'end').catch(() => undefined)
}

function loggedHeaders(call: Call): Record<string, string> {
  const { host: _, connection: __, ...headers } = call.headers
  const text: Record<string, string> = { host: call.url.host }
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) text[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return text
}

function loggedBody(call: Call) {
  if (call.loggedBody !== undefined) return call.loggedBody
  if (call.stream) return { multipart: {} }
  return call.body.length > 0 ? call.body.toString('utf8') : null
}

async function send(outcome: Outcome, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (outcome === 'drop') {
    reply.hijack()
    request.raw.socket.destroy()
    return
  }
  if (outcome === 'hang') {
    reply.hijack()
    return
  }
  reply.code(outcome.status).headers(outcome.headers)
  await reply.send(outcome.body ?? undefined)
}
