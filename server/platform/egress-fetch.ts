/** A `fetch` for vendors' libraries that goes out like everything else. */
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { EgressRequest, EgressStream } from './egress.ts'
import type { EgressBody } from './egress-body.ts'
import { ownHeaders } from './egress-headers.ts'
import { mostRedirects } from './egress-redirect.ts'

/** What every call of one library is for. */
export type FetchPurpose = Pick<
  EgressRequest,
  'purpose' | 'processor' | 'workspaceId' | 'timeoutMs' | 'maxBytes' | 'freshConnection'
>

export function egressFetch(
  stream: (request: EgressRequest) => Promise<EgressStream>,
  purpose: FetchPurpose,
): typeof globalThis.fetch {
  return async (input, init) => {
    const given = input instanceof Request ? input : undefined
    const method = (init?.method ?? given?.method ?? 'GET').toUpperCase()
    const headers = new Headers(init?.headers ?? given?.headers)
    const body = await bodyOf(init?.body ?? given?.body, headers)
    for (const name of [...headers.keys()]) if (ownHeaders.test(name)) headers.delete(name)
    const redirect = init?.redirect ?? given?.redirect ?? 'follow'
    const answer = await stream({
      ...purpose,
      method,
      url: given?.url ?? String(input),
      headers: Object.fromEntries(headers),
      body,
      // Only what is safe to repeat is followed; a library sees any other redirect as its answer.
      redirect: redirect === 'follow' && method === 'GET' ? mostRedirects : 'none',
      signal: init?.signal ?? given?.signal,
    })
    return asResponse(answer, method)
  }
}

async function bodyOf(body: RequestInit['body'], headers: Headers) {
  if (body === null || body === undefined) return undefined
  if (body instanceof ReadableStream) return Readable.fromWeb(body as NodeReadableStream)
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  if (body instanceof Blob) {
    if (body.type && !headers.has('content-type')) headers.set('content-type', body.type)
    return new Uint8Array(await body.arrayBuffer())
  }
  if (typeof body === 'string' && !headers.has('content-type')) {
    headers.set('content-type', 'text/plain;charset=UTF-8')
  }
  return body as EgressBody
}

function asResponse(answer: EgressStream, method: string): Response {
  const { status, headers, url, body } = answer
  const bodiless = method === 'HEAD' || [204, 205, 304].includes(status)
  if (bodiless) body.resume()
  const content = bodiless
    ? null
    : (Readable.toWeb(body) as unknown as NonNullable<RequestInit['body']>)
  const response = new Response(content, { status, headers })
  Object.defineProperty(response, 'url', { value: url })
  return response
}
