import { z } from 'zod'
import type { Ask, Grant, OAuthApp } from '../../adapter.ts'
import { call, type Way } from './call.ts'
import { siteUrl } from './hosts.ts'
import { manifest } from './manifest.ts'
import { clean } from './refusal.ts'

/* developers.pinterest.com, “Set up authentication and authorization”; POST /oauth/token. */

export function authorizeUrl({ clientId, redirectUri }: OAuthApp, state: string): string {
  const url = new URL('/oauth/', siteUrl)
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: manifest.scopes.map(({ scope }) => scope).join(','),
    state,
  }).toString()
  return url.href
}

/** [unconfirmed] Names of the parameters in a refusal; taken as RFC 6749, 4.1.2.1 has them. */
export function readCallback(
  query: URLSearchParams,
): { kind: 'code'; code: string } | { kind: 'declined' } | { kind: 'failed'; words: string } {
  const error = query.get('error')
  if (error === 'access_denied') return { kind: 'declined' }
  const code = query.get('code')
  if (error === null && code) return { kind: 'code', code }
  const said = clean(query.get('error_description') ?? error ?? '')
  return { kind: 'failed', words: said || 'Pinterest sent you back without an answer.' }
}

const Tokens = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive(),
  refresh_token_expires_in: z.number().positive().optional(),
  refresh_token_expires_at: z.number().positive().optional(),
  scope: z.string(),
})

/** @throws NetworkError: `rejected` when the code is of no use (any more). */
export function exchangeCode(ask: Ask, app: OAuthApp, code: string, now: Date): Promise<Grant> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: app.redirectUri }
  return tokensFor(asApp(ask, app, now), form)
}

/**
 * A new pair for a refresh token. Pinterest sends a new refresh token with each; whether the old one
 * dies at once is [unconfirmed], so it is taken as dead.
 * @throws NetworkError: `reauthorise` when the refresh token is refused.
 */
export function refresh(ask: Ask, app: OAuthApp, refreshToken: string, now: Date): Promise<Grant> {
  return tokensFor(asApp(ask, app, now), {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  })
}

async function tokensFor(way: Way, form: Record<string, string>): Promise<Grant> {
  const { answer } = await call(way, {
    method: 'POST',
    path: '/oauth/token',
    operation: 'POST /oauth/token',
    body: new URLSearchParams(form),
    answer: Tokens,
    effect: 'reversible',
  })
  const after = (seconds: number) => new Date(way.now.getTime() + seconds * 1000)
  const { refresh_token_expires_in: lasts, refresh_token_expires_at: endsAt } = answer
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    accessExpiresAt: after(answer.expires_in),
    refreshExpiresAt: lasts ? after(lasts) : endsAt ? new Date(endsAt * 1000) : null,
    scopes: answer.scope.split(/[ ,]+/).filter(Boolean),
  }
}

function asApp(ask: Ask, { clientId, clientSecret }: OAuthApp, now: Date): Way {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
  return { ask, authorization: `Basic ${credentials}`, now }
}
