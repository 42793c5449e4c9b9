import { AppError } from '../../platform/errors.ts'

const reads = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that a cookie speaks for comes from our own pages. Browsers send `Origin` with
 * everything that changes something, and `Sec-Fetch-Site` (W3C Fetch Metadata); a request with
 * neither is not from a browser of today and has no business with a cookie.
 */
export function fromOurPages(request: { method: string; headers: Headers }, url: string): boolean {
  if (reads.has(request.method)) return true
  const origin = request.headers.get('origin')
  if (origin !== null) return origin === url
  return request.headers.get('sec-fetch-site') === 'same-origin'
}

/** @throws AppError forbidden */
export function demandOurPages(request: { method: string; headers: Headers }, url: string): void {
  if (fromOurPages(request, url)) return
  throw new AppError('forbidden', {
    message: 'This request did not come from a page of Avow.',
    fix: 'Open Avow at its own address. Programs use an API key, not a cookie.',
  })
}
