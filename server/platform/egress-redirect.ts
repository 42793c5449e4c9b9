/** What follows from a redirect, as fetch does it (https://fetch.spec.whatwg.org/#http-redirect-fetch). */
import { Readable } from 'node:stream'
import type { EgressBody } from './egress-body.ts'
import { EgressRefused } from './egress-errors.ts'

/** One request of a chain. */
export type Hop = {
  url: URL | string
  method: string
  headers: Record<string, string>
  body: EgressBody | undefined
  /** 0 for the first. */
  index: number
}

export const mostRedirects = 3

// What may follow to another origin. Everything else could be a credential.
const harmlessHeaders = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'range',
  'user-agent',
])
const bodyHeaders = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'content-language',
])

/**
 * The next request, or undefined when the answer is none to follow.
 * `realUrl` undoes the sandbox's place in a Location.
 * @throws EgressRefused (sent) when a body would have to be sent elsewhere or a second time.
 */
export function nextHop(
  hop: Hop,
  from: URL,
  answer: { status: number; headers: Record<string, string> },
  realUrl: (url: URL) => URL,
): Hop | undefined {
  const { status, headers } = answer
  const { location } = headers
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined
  const refuse = (reason: string) => {
    return new EgressRefused(`${from.hostname} redirects, and ${reason}.`, {
      host: from.hostname,
      sent: true,
      status,
    })
  }
  if (!URL.canParse(location, from.href)) throw refuse('not to a URL')
  const url = realUrl(new URL(location, from))
  const sameOrigin = url.origin === from.origin
  const becomesGet = status === 303 ? hop.method !== 'HEAD' : status < 303 && hop.method === 'POST'
  const body = becomesGet ? undefined : hop.body
  if (body !== undefined && !sameOrigin) throw refuse('the body is not for another host')
  if (body instanceof Readable) throw refuse('a stream cannot be sent twice')
  const kept = Object.entries(hop.headers).filter(([name]) => {
    if (!sameOrigin) return harmlessHeaders.has(name)
    return !(becomesGet && bodyHeaders.has(name))
  })
  return {
    url,
    method: becomesGet ? 'GET' : hop.method,
    headers: Object.fromEntries(kept),
    body,
    index: hop.index + 1,
  }
}
