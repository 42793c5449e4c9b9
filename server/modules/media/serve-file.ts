import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Platform } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { isGoodLink } from './file-links.ts'

// Only what we rendered ourselves is served, and only as these types.
const served = /^[0-9a-f-]{36}\/[0-9a-f]{64}\.(jpg|png|webp|mp4)$/

type Request = FastifyRequest<{
  Params: { '*': string }
  Querystring: { expires?: string; signature?: string }
}>

/** A rendition, to whoever holds a good link. Ranges are served, so that videos can be wound. */
export async function serveFile(platform: Platform, request: Request, reply: FastifyReply) {
  const key = request.params['*']
  const { expires, signature } = request.query
  if (!served.test(key) || !isGoodLink(platform, key, Number(expires), String(signature))) {
    throw new AppError('not_found', {
      message: 'There is no such file, or the link is too old.',
      fix: 'Reload the page.',
    })
  }
  const stored = await platform.storage.stat(key)
  if (!stored) throw new AppError('not_found', { message: 'This file is gone.' })
  reply.headers({
    'content-type': stored.contentType,
    'content-disposition': 'inline',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=21600, immutable',
    'accept-ranges': 'bytes',
    etag: `"${key.slice(37, 69)}"`,
  })
  const range = rangeOf(request.headers.range, stored.bytes)
  if (range === 'unsatisfiable') {
    return reply.status(416).header('content-range', `bytes */${stored.bytes}`).send()
  }
  const { stream, bytes } = await platform.storage.open(key, range)
  reply.header('content-length', bytes)
  if (range)
    reply
      .status(206)
      .header('content-range', `bytes ${range.start}-${range.start + bytes - 1}/${stored.bytes}`)
  return reply.send(stream)
}

/** One range of bytes (RFC 9110, 14.1.2). Several, or another unit: the whole file. */
function rangeOf(
  header: string | undefined,
  total: number,
): { start: number; end: number } | undefined | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (!match[1] && !match[2])) return undefined
  const [, from = '', to = ''] = match
  const start = from ? Number(from) : Math.max(0, total - Number(to))
  const end = from && to ? Math.min(Number(to), total - 1) : total - 1
  return start < total && start <= end ? { start, end } : 'unsatisfiable'
}
