import { createHash } from 'node:crypto'
import { SignJWT } from 'jose'
import { randomText } from '../../random.ts'
import { type Answer, type Call, json, type VendorRoute } from '../../vendor.ts'
import type { World } from '../../world.ts'
import { claimsOf } from './claims.ts'
import { ISSUER } from './configuration.ts'
import type { GoogleClient, GoogleCode, GoogleToken, Person } from './state.ts'

const ACCESS_LIFE_S = 3600
const KNOWN_FIELDS = new Set([
  'grant_type',
  'code',
  'client_id',
  'client_secret',
  'redirect_uri',
  'code_verifier',
  'refresh_token',
  'scope',
])

/** Exchanges a code (PKCE checked, once, within ten minutes) or a refresh token. */
export const token: VendorRoute = {
  hosts: ['oauth2.googleapis.com'],
  method: 'POST',
  path: '/token',
  operation: 'POST /token',
  handle: async (call) => {
    if (!call.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      return refused(400, 'invalid_request', 'The body must be form-encoded')
    }
    const form = new URLSearchParams(call.body.toString('utf8'))
    for (const name of form.keys()) {
      if (!KNOWN_FIELDS.has(name)) return refused(400, 'invalid_request', `Unknown field: ${name}`)
    }
    const client = clientOf(call, form)
    if (!client) return refused(401, 'invalid_client', 'The OAuth client was not found.')
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return redeem(call.world, client, form)
      case 'refresh_token':
        return refresh(call.world, client, form)
      default:
        return refused(400, 'unsupported_grant_type', 'Invalid grant_type')
    }
  },
}

const refused = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description })

function clientOf(call: Call, form: URLSearchParams): GoogleClient | undefined {
  let id = form.get('client_id')
  let secret = form.get('client_secret')
  const [, basic] = /^Basic (\S+)$/.exec(call.headers.authorization ?? '') ?? []
  if (basic) {
    const [user = '', password = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':')
    id = decodeURIComponent(user)
    secret = decodeURIComponent(password)
  }
  const client = call.world.google.clients.get(id ?? '')
  return client?.clientSecret === secret ? client : undefined
}

async function redeem(world: World, client: GoogleClient, form: URLSearchParams): Promise<Answer> {
  const code = world.google.codes.get(form.get('code') ?? '')
  const person = code && world.google.people.get(code.sub)
  const isFresh = code && !code.isUsed && code.expiresAt > world.clock.now()
  if (!code || !person || !isFresh || code.clientId !== client.clientId) {
    return refused(400, 'invalid_grant', 'Malformed auth code.')
  }
  if (code.redirectUri !== form.get('redirect_uri')) {
    return refused(400, 'redirect_uri_mismatch', 'Bad Request')
  }
  if (!verifierMatches(code, form.get('code_verifier'))) {
    return refused(400, 'invalid_grant', 'Invalid code verifier.')
  }
  code.isUsed = true
  const access = keepToken(world, code, 'access')
  const idToken = await signIdToken(world, code, person, access.value)
  return json(200, {
    access_token: access.value,
    expires_in: ACCESS_LIFE_S,
    scope: code.scope,
    token_type: 'Bearer',
    id_token: idToken,
    ...(code.isOffline ? { refresh_token: keepToken(world, code, 'refresh').value } : {}),
  })
}

function verifierMatches(code: GoogleCode, verifier: string | null): boolean {
  if (code.codeChallenge === null) return verifier === null
  const digest = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url')
  return digest === code.codeChallenge
}

function refresh(world: World, client: GoogleClient, form: URLSearchParams): Answer {
  const held = world.google.tokens.get(form.get('refresh_token') ?? '')
  if (held?.kind !== 'refresh' || held.clientId !== client.clientId) {
    return refused(400, 'invalid_grant', 'Token has been expired or revoked.')
  }
  const access = keepToken(world, held, 'access')
  return json(200, {
    access_token: access.value,
    expires_in: ACCESS_LIFE_S,
    scope: held.scope,
    token_type: 'Bearer',
  })
}

function keepToken(
  world: World,
  { clientId, sub, scope }: Pick<GoogleToken, 'clientId' | 'sub' | 'scope'>,
  kind: GoogleToken['kind'],
): GoogleToken {
  const isAccess = kind === 'access'
  const made: GoogleToken = {
    value: isAccess ? `ya29.${randomText(80)}` : `1//${randomText(60)}`,
    kind,
    clientId,
    sub,
    scope,
    expiresAt: isAccess ? world.clock.now() + ACCESS_LIFE_S * 1000 : null,
  }
  world.google.tokens.set(made.value, made)
  world.changed()
  return made
}

async function signIdToken(
  world: World,
  code: GoogleCode,
  person: Person,
  accessToken: string,
): Promise<string> {
  const { kid, privateKey } = await world.google.signingKey()
  const issuedAt = Math.floor(world.clock.now() / 1000)
  // OpenID Connect Core 3.1.3.6: the left half of the token's SHA-256.
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16)
  const claims = {
    azp: code.clientId,
    ...claimsOf(person, code.scope),
    at_hash: half.toString('base64url'),
    ...(code.nonce === null ? {} : { nonce: code.nonce }),
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(code.clientId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_LIFE_S)
    .sign(privateKey)
}
