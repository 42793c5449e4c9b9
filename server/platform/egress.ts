/**
 * The one way out. Every outgoing HTTP request goes through here: to hosts of registered processors,
 * or to public addresses that a workspace gave; checked, limited, ledgered. In the sandbox the same
 * real URLs go to the sandbox instead, at `<sandbox>/<host>/<path>`.
 */
import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Clock } from './clock.ts'
import { decodedBody, type EgressBody, outgoingBody } from './egress-body.ts'
import { guardedConnector, type Resolve, systemResolve } from './egress-connect.ts'
import { EgressFailed, EgressRefused, toEgressError } from './egress-errors.ts'
import { type ExchangeAnswer, exchange } from './egress-exchange.ts'
import { egressFetch, type FetchPurpose } from './egress-fetch.ts'
import { callerHeaders, outgoingHeaders } from './egress-headers.ts'
import { type LedgerEntry, openEntry, settleEntry } from './egress-ledger.ts'
import { type Hop, mostRedirects, nextHop } from './egress-redirect.ts'
import { createRoutes } from './egress-routes.ts'
import { judgeUrl } from './egress-rules.ts'
import type { Log } from './log.ts'

export * from './egress-errors.ts'
export type { LedgerEntry } from './egress-ledger.ts'
export { workspaceUrl } from './egress-rules.ts'

export type EgressRequest = {
  /** Why, in a word of the register; `workspaceUrl` for URLs that people gave. */
  purpose: string
  /** Which registered recipient; `workspace` with `workspaceUrl`. */
  processor: string
  workspaceId?: string | undefined
  method?: string
  url: string | URL
  headers?: Record<string, string>
  body?: EgressBody | undefined
  /** For everything, from the name's look-up to the last byte of the answer. Real time. Default 30 s. */
  timeoutMs?: number
  /** Of the answer, compressed or not. Default 10 MiB. */
  maxBytes?: number
  /** How many redirects are followed, 3 at most. Default 'none': the 3xx is the answer. */
  redirect?: 'none' | 1 | 2 | 3
  signal?: AbortSignal | undefined
  /**
   * Opens a connection for this request alone. An idle connection may have been closed by the other
   * side just now; then nobody knows whether a request was read. For calls that must not be repeated.
   */
  freshConnection?: boolean
}

export type EgressStream = {
  status: number
  /** Lower-case names. */
  headers: Record<string, string>
  /** The real URL that answered, after redirects. */
  url: string
  /** Decoded. Must be read to its end or destroyed. Its errors are EgressErrors. */
  body: Readable
}

export type EgressAnswer = Omit<EgressStream, 'body'> & {
  body: Buffer
  text(): string
  /** @throws EgressFailed (code `not_json`, sent) when it is not JSON. */
  json(): unknown
}

export type Egress = {
  /** Any status is an answer. @throws EgressError, whose `sent` says if it may have arrived. */
  request(request: EgressRequest): Promise<EgressAnswer>
  /** As `request`, for large answers. */
  stream(request: EgressRequest): Promise<EgressStream>
  /** The `fetch` to give to a vendor's library; every call is made for this purpose. */
  fetch(purpose: FetchPurpose): typeof globalThis.fetch
  /** The address to send a person's browser to: the URL itself, or its place in the sandbox. */
  browserUrl(url: string | URL): string
  /** Ledgers what left by another protocol (SMTP). */
  ledger(entry: LedgerEntry): Promise<void>
  close(): Promise<void>
}

export type EgressOptions = {
  /** Whether this exact host (no port) belongs to this processor in the register. */
  allow: (host: string, processor: string) => boolean
  sandboxUrl?: string | undefined
  /** Origins inside our own network that the operator named; they may be http and on any port. */
  privateHosts: readonly string[]
  record: (entry: LedgerEntry) => Promise<void> | void
  clock: Clock
  log: Log
  resolve?: Resolve
  connectTimeoutMs?: number
  /** Connections to one host at a time; more requests wait. Default 64. */
  connectionsPerHost?: number
  ca?: string
}

const usualTimeoutMs = 30_000
const usualMaxBytes = 10 * 1024 * 1024

export function createEgress(options: EgressOptions): Egress {
  const { clock, log } = options
  const privateOrigins = new Set(options.privateHosts)
  const routes = createRoutes({
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

  async function ledger(entry: LedgerEntry): Promise<void> {
    try {
      await options.record(entry)
    } catch (err) {
      // The request has happened. Hiding its answer now would make a lie of it.
      log.error({ err, purpose: entry.purpose, host: entry.host }, 'egress ledger failed')
    }
  }

  /** One request of a chain: judged, sent, ledgered when the last byte is in. */
  async function sendHop(request: EgressRequest, hop: Hop, deadline: number): Promise<Sent> {
    const entry = openEntry(request, hop, clock.now())
    const started = performance.now()
    const settle = (error: unknown, receivedBytes: number) =>
      ledger(settleEntry(entry, error, { receivedBytes, ms: performance.now() - started }))
    try {
      const url = judgeUrl(hop.url, { ...request, allow: options.allow, privateOrigins })
      const route = routes.routeOf(url)
      entry.sandbox = route.inSandbox
      const dispatcher = request.freshConnection ? route.fresh() : route.shared
      const { body, contentType } = outgoingBody(hop.body)
      const answer = await exchange(dispatcher, {
        host: url.hostname,
        target: route.target,
        method: hop.method,
        headers: outgoingHeaders(hop.headers, contentType),
        body: body as Dispatcher.DispatchOptions['body'],
        timeoutMs: deadline - performance.now(),
        maxBytes: request.maxBytes ?? usualMaxBytes,
        signal: request.signal,
      }).finally(() => {
        // Waits until the answer has been read, then closes.
        if (dispatcher !== route.shared) void dispatcher.close()
      })
      entry.status = answer.status
      const ledgered = new Promise<void>((resolve) => {
        answer.body.once('close', () => {
          void settle(answer.body.errored, answer.receivedBytes()).then(resolve)
        })
      })
      return { ...answer, url, ledgered }
    } catch (fault) {
      const error = toEgressError(fault, { host: entry.host, sent: false })
      await settle(error, 0)
      // That a later hop went wrong does not undo that the first one was sent.
      if (hop.index > 0) error.sent = true
      throw error
    }
  }

  async function send(request: EgressRequest): Promise<Sent> {
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
      const next = redirects === 'none' ? undefined : nextHop(hop, sent.url, sent, routes.realUrl)
      if (next === undefined || redirects === 'none') return sent
      sent.body.destroy()
      await sent.ledgered
      if (next.index > Math.min(redirects, mostRedirects)) {
        const known = { host: sent.url.hostname, sent: true, status: sent.status }
        throw new EgressRefused(`${known.host} redirects too often.`, known)
      }
      hop = next
    }
  }

  async function stream(
    request: EgressRequest,
  ): Promise<EgressStream & { ledgered: Promise<void> }> {
    const { status, headers, url, body, ledgered } = await send(request)
    const coding = request.method === 'HEAD' ? undefined : headers['content-encoding']
    const decoded = decodedBody(body, coding, {
      maxBytes: request.maxBytes ?? usualMaxBytes,
      host: url.hostname,
      status,
    })
    return {
      status,
      headers: decodedHeaders(headers, coding),
      url: url.href,
      body: decoded,
      ledgered,
    }
  }

  return {
    stream,
    async request(request) {
      const { ledgered, ...answer } = await stream(request)
      const chunks: Buffer[] = []
      try {
        for await (const chunk of answer.body) chunks.push(chunk as Buffer)
      } finally {
        await ledgered
      }
      return wholeAnswer(answer, Buffer.concat(chunks))
    },
    fetch: (purpose) => egressFetch(stream, purpose),
    browserUrl: (url) => routes.browserUrl(new URL(url)),
    ledger,
    close: () => routes.close(),
  }
}

type Sent = ExchangeAnswer & { url: URL; ledgered: Promise<void> }

// They told of the coded form.
function decodedHeaders(headers: Record<string, string>, coding: string | undefined) {
  if (coding === undefined) return headers
  const { 'content-encoding': _coding, 'content-length': _length, ...rest } = headers
  return rest
}

function wholeAnswer(answer: EgressStream, body: Buffer): EgressAnswer {
  const text = () => body.toString('utf8')
  return {
    ...answer,
    body,
    text,
    json() {
      try {
        return JSON.parse(text()) as unknown
      } catch (cause) {
        const host = new URL(answer.url).hostname
        const known = { host, sent: true, status: answer.status, code: 'not_json', cause }
        throw new EgressFailed(`${host} did not answer with JSON.`, known)
      }
    },
  }
}
