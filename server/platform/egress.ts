/**
 * The one way out. Every outgoing HTTP request goes through here: to hosts of registered processors,
 * or to public addresses that a workspace gave; checked, limited, ledgered. In the sandbox the same
 * real URLs go to the sandbox instead, at `<sandbox>/<host>/<path>`.
 */
import type { Readable } from 'node:stream'
import type { Clock } from './clock.ts'
import type { EgressBody } from './egress-body.ts'
import type { Resolve } from './egress-connect.ts'
import { EgressFailed } from './egress-errors.ts'
import { egressFetch, type FetchPurpose } from './egress-fetch.ts'
import type { LedgerEntry } from './egress-ledger.ts'
import { createSender } from './egress-sender.ts'
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
  /** Ledgers what has just left by another protocol (SMTP). */
  ledger(entry: Omit<LedgerEntry, 'at'>): Promise<void>
  /** Waits so long for answers under way, then breaks them off. Default: not at all. */
  close(graceMs?: number): Promise<void>
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

export function createEgress(options: EgressOptions): Egress {
  const send = createSender(options)

  async function request(request: EgressRequest): Promise<EgressAnswer> {
    const { ledgered, ...answer } = await send.chain(request)
    const chunks: Buffer[] = []
    try {
      for await (const chunk of answer.body) chunks.push(chunk as Buffer)
    } finally {
      await ledgered
    }
    return wholeAnswer(answer, Buffer.concat(chunks))
  }

  async function stream(request: EgressRequest): Promise<EgressStream> {
    const { ledgered: _later, ...answer } = await send.chain(request)
    return answer
  }

  return {
    request,
    stream,
    fetch: (purpose) => egressFetch(stream, purpose),
    browserUrl: (url) => send.routes.browserUrl(new URL(url)),
    ledger: (entry) => send.ledger({ ...entry, at: options.clock.now() }),
    close: send.close,
  }
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
