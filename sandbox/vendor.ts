import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { LoggedBody } from './exchange-log.ts'
import type { FaultRule } from './faults.ts'
import type { World } from './world.ts'

/** What a vendor says back. `body` is the raw text; `json()` makes one. */
export type Answer = {
  status: number
  headers: Record<string, string>
  body: string | null
}

/** One request to a vendor's host, as its handler sees it. */
export type Call = {
  world: World
  /** The vendor's request id, which goes into its header and into the history. */
  requestId: string
  method: string
  /** As the vendor's host would see it: `https://api.pinterest.com/v5/pins?...`. */
  url: URL
  params: Record<string, string>
  headers: IncomingHttpHeaders
  /** The whole body, or the running stream of a multipart one. */
  body: Buffer
  stream: Readable | undefined
  fault: FaultRule | undefined
  /** How the body stands in the exchange log, when it is not the text itself. */
  loggedBody: LoggedBody | undefined
}

export type VendorRoute = {
  hosts: string[]
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Path on the host, with `:name` for parameters. */
  path: string
  /** `POST /pins`: how faults, the history and the official description name it. */
  operation: string
  handle: (call: Call) => Answer | Promise<Answer>
}

export type Vendor = {
  name: 'pinterest' | 'google' | 'resend'
  hosts: string[]
  routes: VendorRoute[]
  newRequestId: () => string
  /** Id and username of the account a call acts for; empty when it names none. */
  accountOf: (call: Call) => string[]
  /** Changes the world as an arranging fault says, just before the call is handled. */
  arrange: (call: Call, rule: FaultRule, operation: string) => Promise<void> | void
  /** An error in the vendor's own shape. */
  failure: (call: Call, failure: Failure) => Answer
  /** Told of every answer that goes out, so that refused writes reach the history. */
  answered: (call: Call, operation: string, answer: Answer) => void
}

export type Failure = {
  status: number
  kind: 'error' | 'rate-limit' | 'spam' | 's3-403' | 'unknown-path'
  code?: number | undefined
  message?: string | undefined
  retryAfter?: number | undefined
  reset?: number | undefined
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
}

export function noContent(headers: Record<string, string> = {}): Answer {
  return { status: 204, headers, body: null }
}
