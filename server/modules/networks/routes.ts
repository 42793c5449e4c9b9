import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { apiPrefix } from '../../../contract/index.ts'
import type { Identity } from '../../platform/api.ts'
import { demand, type Platform, scopeOf } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { apiRequest } from '../../platform/http.ts'
import { authenticate } from '../accounts/index.ts'
import { type Finished, finishConsent, workspaceOfState } from './finish-consent.ts'
import { showAvatar } from './show-avatar.ts'

/** The plain routes beside the API: where networks send people back to, and pictures. */
export function mountNetworkRoutes(server: FastifyInstance, platform: Platform): void {
  server.get('/oauth/:network/callback', (request, reply) => comeBack(platform, request, reply))
  server.get(`${apiPrefix}/connections/:id/avatar`, (request, reply) =>
    sendAvatar(platform, request, reply),
  )
}

async function comeBack(platform: Platform, request: FastifyRequest, reply: FastifyReply) {
  const { network } = request.params as { network: string }
  const query = new URL(request.url, platform.config.url).searchParams
  const workspaceId = workspaceOfState(query.get('state'))
  const identity = await identityIn(platform, request, reply, workspaceId)
  const finished = await finishConsent(platform, identity, network, query)
  return (
    reply
      .header('cache-control', 'no-store')
      // The address that leads here carries a code.
      .header('referrer-policy', 'no-referrer')
      .redirect(pageFor(platform, finished), 303)
  )
}

/** An address on our own site, whatever `returnTo` holds. */
function pageFor({ config }: Platform, finished: Finished): string {
  const url = new URL(finished.returnTo, config.url)
  if ('connected' in finished) url.searchParams.set('connected', finished.connected)
  else {
    url.searchParams.set('connect_error', finished.error)
    if (finished.missing) url.searchParams.set('missing', finished.missing.join(' '))
  }
  return `${config.url}${url.pathname}${url.search}`
}

async function sendAvatar(platform: Platform, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id: string }
  const { workspace } = request.query as { workspace?: unknown }
  const named = typeof workspace === 'string' ? workspace : null
  const identity = await identityIn(platform, request, reply, named)
  if (!identity) {
    throw new AppError('unauthenticated', { message: 'Nobody is signed in.', fix: 'Sign in.' })
  }
  const { workspaceId } = identity
  if (workspaceId === null || !z.uuid().safeParse(id).success) {
    throw new AppError('not_found', { message: 'There is no such connection.' })
  }
  demand(identity, 'read')
  const { contentType, body } = await showAvatar(scopeOf(platform, workspaceId), id)
  return reply
    .header('cache-control', 'private, max-age=300')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .type(contentType)
    .send(body)
}

/** Who asks. A link or a picture cannot send our header, so the workspace is named in its stead. */
function identityIn(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  workspaceId: string | null,
): Promise<Identity | null> {
  const asked = apiRequest(request, (name, value) => void reply.header(name, value))
  if (workspaceId !== null && !asked.headers.has('avow-workspace')) {
    asked.headers.set('avow-workspace', workspaceId)
  }
  return authenticate(platform, asked)
}
