/** Sends a request and the redirects that it follows: judged, routed, limited, ledgered, each. */
import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { EgressOptions, EgressRequest, EgressStream } from './egress.ts'
import { decodedBody, outgoingBody } from './egress-body.ts'
import { guardedConnector, systemResolve } from './egress-connect.ts'
import { EgressRefused, toEgressError } from './egress-errors.ts'
import { type ExchangeAnswer, exchange } from './egress-exchange.ts'
import { callerHeaders, outgoingHeaders } from './egress-headers.ts'
import { type LedgerEntry, openEntry, settleEntry } from './egress-ledger.ts'
import { type Hop, mostRedirects, nextHop } from './egress-redirect.ts'
import { createRoutes, type Route, type Routes } from './egress-routes.ts'
import { judgeUrl } from './egress-rules.ts'

const usualTimeoutMs = 30_000
const usualMaxBytes = 10 * 1024 * 1024

/** An answer whose ledger entry is written when its body has closed. */
type Sent = EgressStream & { ledgered: Promise<void> }

export type Sender = {
  chain(request: EgressRequest): Promise<Sent>
  ledger(entry: LedgerEntry): Promise<void>
  routes: Routes
  close(graceMs?: number): Promise<void>
}

export function createSender(options: EgressOptions): Sender {
  const { clock, log } = options
  const privateOrigins = new Set(options.privateHosts)
  const routes = routesFor(options, privateOrigins)
  const running = new Set<Promise<void>>()

  async function ledger(entry: LedgerEntry): Promise<void> {
    try {
      await options.record(entry)
    } catch (err) {
      // The request has happened. Hiding its answer now would make a lie of it.
      log.error({ err, purpose: entry.purpose, host: entry.host }, 'egress ledger failed')
    }
  }

  async function sendHop(request: EgressRequest, hop: Hop, deadline: number): Promise<Sent> {
    const entry = openEntry(request, hop, clock.now())
    const started = performance.now()
    const settle = (error: unknown, receivedBytes: number) =>
      ledger(settleEntry(entry, error, { receivedBytes, ms: performance.now() - started }))
    try {
      const url = judgeUrl(hop.url, { ...request, allow: options.allow, privateOrigins })
      const route = routes.routeOf(url)
      entry.sandbox = route.inSandbox
      const answer = await exchangeOver(route, url, request, hop, deadline)
      entry.status = answer.status
      const decoded = decodedAnswer(answer, url, request)
      const ledgered = onceClosed(decoded.body).then((error) => {
        return settle(error, answer.receivedBytes())
      })
      running.add(ledgered)
      void ledgered.then(() => running.delete(ledgered))
      return { ...decoded, url: url.href, ledgered }
    } catch (fault) {
      const error = toEgressError(fault, { host: entry.host, sent: false })
      await settle(error, 0)
      // That a later hop went wrong does not undo that the first one was sent.
      if (hop.index > 0) error.sent = true
      throw error
    }
  }

  async function chain(request: EgressRequest): Promise<Sent> {
    const deadline = performance.now() + (request.timeoutMs ?? usualTimeoutMs)
    const redirects = request.redirect ?? 'none'
    let hop: Hop = {
      url: request.url,
      method: (request.method ?? 'GET').toUpperCase(),
      headers: callerHeaders(request.headers ?? {}),
      body: request.body,
      index: 0,
    }
    for (;;) {
      const sent = await sendHop(request, hop, deadline)
      if (redirects === 'none') return sent
      const from = new URL(sent.url)
      const next = followed(sent, () => nextHop(hop, from, sent, routes.realUrl))
      if (next === undefined) return sent
      sent.body.destroy()
      await sent.ledgered
      if (next.index > Math.min(redirects, mostRedirects)) {
        const known = { host: from.hostname, sent: true, status: sent.status }
        throw new EgressRefused(`${known.host} redirects too often.`, known)
      }
      hop = next
    }
  }

  async function close(graceMs = 0): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs)
    })
    await Promise.race([Promise.all(running), grace])
    clearTimeout(timer)
    await routes.destroy()
  }

  return { chain, ledger, routes, close }
}

function routesFor(options: EgressOptions, privateOrigins: ReadonlySet<string>): Routes {
  return createRoutes({
    sandboxUrl: options.sandboxUrl,
    privateOrigins,
    connect: guardedConnector({
      resolve: options.resolve ?? systemResolve,
      privateOrigins,
      connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
      ca: options.ca,
    }),
    connectionsPerHost: options.connectionsPerHost ?? 64,
  })
}

async function exchangeOver(
  route: Route,
  url: URL,
  request: EgressRequest,
  hop: Hop,
  deadline: number,
): Promise<ExchangeAnswer> {
  const { body, contentType } = outgoingBody(hop.body)
  const dispatcher = request.freshConnection ? route.fresh() : route.shared
  try {
    return await exchange(dispatcher, {
      host: url.hostname,
      target: route.target,
      method: hop.method,
      headers: outgoingHeaders(hop.headers, contentType),
      body: body as Dispatcher.DispatchOptions['body'],
      timeoutMs: Math.max(1, deadline - performance.now()),
      maxBytes: request.maxBytes ?? usualMaxBytes,
      signal: request.signal,
    })
  } finally {
    // Waits until the answer has been read, then closes.
    if (dispatcher !== route.shared) void dispatcher.close()
  }
}

function decodedAnswer(answer: ExchangeAnswer, url: URL, request: EgressRequest) {
  const { status, headers, body } = answer
  const { 'content-encoding': coding, 'content-length': _coded, ...rest } = headers
  if (coding === undefined || bodiless(request.method, status)) return { status, headers, body }
  const maxBytes = request.maxBytes ?? usualMaxBytes
  const limits = { maxBytes, host: url.hostname, status }
  return { status, headers: rest, body: decodedBody(body, coding, limits) }
}

function bodiless(method: string | undefined, status: number): boolean {
  return method?.toUpperCase() === 'HEAD' || status === 204 || status === 304
}

function onceClosed(body: Readable): Promise<Error | null> {
  if (body.closed) return Promise.resolve(body.errored)
  return new Promise((resolve) => {
    body.once('close', () => resolve(body.errored))
  })
}

/** A redirect that is refused must not leave its answer hanging. */
function followed<T>(sent: Sent, find: () => T): T {
  try {
    return find()
  } catch (error) {
    sent.body.destroy()
    throw error
  }
}
