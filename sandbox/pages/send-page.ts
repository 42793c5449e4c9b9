import type { FastifyReply } from 'fastify'
import type { Html } from './html.ts'

/**
 * Sends a page under a policy that runs nothing but the sandbox's own script. `formTargets` are the
 * further origins that a form may end at: browsers hold redirects after a form against it as well.
 */
export function sendPage(
  reply: FastifyReply,
  page: Html,
  { status = 200, formTargets = [] as string[] } = {},
): FastifyReply {
  const policy = [
    "default-src 'none'",
    "img-src 'self' data:",
    "media-src 'self'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    `form-action 'self' ${formTargets.join(' ')}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return (
    reply
      .code(status)
      .header('content-security-policy', policy.join('; '))
      // Nothing for other sites; but with `no-referrer` a browser sends forms with `Origin: null`.
      .header('referrer-policy', 'same-origin')
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.text)
  )
}
