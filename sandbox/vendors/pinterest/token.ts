import { randomText } from '../../random.ts'
import { type Answer, type Call, json } from '../../vendor.ts'
import type { World } from '../../world.ts'
import { appOf } from './authorise.ts'
import { route } from './operation.ts'
import { authenticationFailed, invalid, Refusal } from './refusal.ts'
import type { App, Grant, Token } from './types.ts'

const ACCESS_LIFE_S = 30 * 24 * 3600
const REFRESH_LIFE_S = 60 * 24 * 3600
const FORM = 'application/x-www-form-urlencoded'

const FIELDS: Record<string, readonly string[]> = {
  authorization_code: ['grant_type', 'code', 'redirect_uri', 'continuous_refresh'],
  refresh_token: ['grant_type', 'refresh_token', 'scope', 'continuous_refresh', 'refresh_on'],
}

const exchangeToken = route('POST /oauth/token', (call) => {
  const { app, form } = readClient(call)
  const grantType = form.get('grant_type') ?? ''
  const known = FIELDS[grantType]
  if (!known)
    throw invalid(`Invalid request: 'grant_type' ${grantType || '(none)'} is not supported`)
  for (const name of form.keys()) {
    if (!known.includes(name)) throw invalid(`Invalid request: '${name}' is not a valid body field`)
  }
  return grantType === 'refresh_token'
    ? refresh(call.world, app, form)
    : redeem(call.world, app, form)
})

/** Basic credentials and a form body, or Pinterest's 401 code 2. */
function readClient(call: Call): { app: App; form: URLSearchParams } {
  const app = appOf(call)
  if (!app || !call.headers['content-type']?.startsWith(FORM)) throw authenticationFailed()
  return { app, form: new URLSearchParams(call.body.toString('utf8')) }
}

function redeem(world: World, app: App, form: URLSearchParams): Answer {
  const { pinterest, clock } = world
  const code = pinterest.codes.get(form.get('code') ?? '')
  const now = clock.now()
  if (code?.grantId) {
    // A code that comes twice was stolen or replayed: what it opened is closed again (RFC 6749, 4.1.2).
    const grant = pinterest.grants.get(code.grantId)
    if (grant) grant.revokedAt ??= now
    world.changed()
  }
  if (!code || code.clientId !== app.clientId || code.grantId || code.expiresAt <= now) {
    throw new Refusal(400, 283, 'Invalid authorization code.')
  }
  if (code.redirectUri !== form.get('redirect_uri')) {
    throw new Refusal(400, 283, 'Invalid redirect_uri.')
  }
  const { clientId, accountId, scopes } = code
  const grant = pinterest.addGrant({ clientId, accountId, scopes, createdAt: now })
  code.grantId = grant.id
  return json(200, issue(world, grant, scopes, 'authorization_code'))
}

function refresh(world: World, app: App, form: URLSearchParams): Answer {
  const { pinterest, clock } = world
  const token = pinterest.tokens.get(form.get('refresh_token') ?? '')
  const grant = token && pinterest.grants.get(token.grantId)
  if (token?.kind !== 'refresh' || !grant || grant.clientId !== app.clientId) {
    throw authenticationFailed()
  }
  if (token.used && app.usedRefreshToken !== 'accepted') {
    if (app.usedRefreshToken === 'family-dies') grant.revokedAt ??= clock.now()
    world.changed()
    throw authenticationFailed()
  }
  if (grant.revokedAt !== null || token.expiresAt <= clock.now()) throw authenticationFailed()
  const asked = form.get('scope')?.split(/[ ,]+/).filter(Boolean)
  if (asked?.some((scope) => !token.scopes.includes(scope))) {
    throw invalid("Invalid request: 'scope' asks for more than was granted")
  }
  token.used = true
  return json(200, issue(world, grant, asked ?? token.scopes, 'refresh_token'))
}

/** A new pair of tokens on a grant, as the answer of the token call. */
export function issue(
  world: World,
  grant: Grant,
  scopes: string[],
  responseType: 'authorization_code' | 'refresh_token',
) {
  const now = world.clock.now()
  const token = (kind: Token['kind'], value: string, lifeS: number): Token => ({
    value,
    kind,
    grantId: grant.id,
    scopes,
    expiresAt: now + lifeS * 1000,
    used: false,
  })
  const access = token('access', `pina_${randomText(64)}`, ACCESS_LIFE_S)
  const refreshing = token('refresh', `pinr.1.${randomText(64)}`, REFRESH_LIFE_S)
  for (const made of [access, refreshing]) world.pinterest.tokens.set(made.value, made)
  world.changed()
  return {
    access_token: access.value,
    refresh_token: refreshing.value,
    response_type: responseType,
    token_type: 'bearer',
    expires_in: ACCESS_LIFE_S,
    refresh_token_expires_in: REFRESH_LIFE_S,
    refresh_token_expires_at: Math.floor(refreshing.expiresAt / 1000),
    scope: scopes.join(' '),
  }
}

const revokeToken = route('POST /oauth/token/revoke', (call) => {
  const { form } = readClient(call)
  if (!form.get('token')) throw invalid("Invalid request: 'token' is required")
  // Only tokens of system users can be revoked by API, and no person is one.
  throw new Refusal(403, 29, 'You are not permitted to access that resource.')
})

export const tokenRoutes = [exchangeToken, revokeToken]
