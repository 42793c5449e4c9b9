import { createHash } from 'node:crypto'
import { APIError } from 'better-auth/api'
import type { BetterAuthPlugin } from 'better-auth/types'
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import { z } from 'zod'
import type { OAuthClient } from '../../platform/config.ts'
import type { Platform } from '../../platform/context.ts'

const issuer = 'https://accounts.google.com'
const keepMs = 60 * 60 * 1000

const Discovery = z.object({
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
})
const Keys = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })
const Tokens = z.object({ id_token: z.string() })
/** What of Google's ID token is used (developers.google.com/identity/openid-connect). */
const Claims = z.object({
  sub: z.string().min(1),
  email: z.email(),
  email_verified: z.boolean(),
  name: z.string().optional(),
  nonce: z.string(),
})

type Outside = Pick<Platform, 'egress' | 'clock' | 'config' | 'log'>

/**
 * Sign-in with Google by OpenID Connect: authorization code with PKCE, state and nonce. The library
 * has a provider of its own, but it would go out past our egress. Tokens are used once, for the
 * person's identity, and not kept.
 */
export function googlePlugin(outside: Outside, client: OAuthClient): BetterAuthPlugin {
  return {
    id: 'google-through-egress',
    init: () => ({ context: { socialProviders: [googleProvider(outside, client)] } }),
  }
}

function googleProvider(outside: Outside, client: OAuthClient) {
  const { egress, config } = outside
  const google = remembered(outside)
  return {
    id: 'google' as const,
    name: 'Google',
    issuer,
    requiresIdTokenNonce: true,
    // `sub` is the person at Google; an e-mail address may change hands.
    accountSubject: ({ profile }: { profile: { sub?: string } }) => profile.sub ?? '',
    options: { disableIdTokenSignIn: true },

    async createAuthorizationURL(asked: {
      state: string
      codeVerifier: string
      redirectURI: string
      idTokenNonce?: string | undefined
    }) {
      const { authorization_endpoint } = await google.discovery()
      const url = new URL(authorization_endpoint)
      url.search = new URLSearchParams({
        client_id: client.clientId,
        redirect_uri: asked.redirectURI,
        response_type: 'code',
        scope: 'openid email profile',
        state: asked.state,
        nonce: asked.idTokenNonce ?? '',
        code_challenge: createHash('sha256').update(asked.codeVerifier).digest('base64url'),
        code_challenge_method: 'S256',
        prompt: 'select_account',
      }).toString()
      return new URL(egress.browserUrl(url))
    },

    async validateAuthorizationCode(given: {
      code: string
      redirectURI: string
      codeVerifier?: string | undefined
    }) {
      const { token_endpoint } = await google.discovery()
      const answer = await egress.request({
        ...purpose,
        method: 'POST',
        url: token_endpoint,
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: given.code,
          redirect_uri: given.redirectURI,
          client_id: client.clientId,
          client_secret: client.clientSecret,
          code_verifier: given.codeVerifier ?? '',
        }),
      })
      if (answer.status !== 200) throw new Error(`Google refused the code: ${answer.status}`)
      return { idToken: Tokens.parse(answer.json()).id_token }
    },

    async getUserInfo(tokens: {
      idToken?: string | undefined
      expectedIdTokenNonce?: string | undefined
    }) {
      const claims = await verified(outside, google, client, tokens)
      if (!claims) return null
      // Whoever owns the mailbox has not shown it: neither an account nor a link may come of it.
      if (!claims.email_verified) throw redirectTo(config.url, 'google_email_unverified')
      const { sub, email, name } = claims
      return {
        user: { email, emailVerified: true, name: name ?? email.slice(0, email.indexOf('@')) },
        data: { sub },
      }
    },
  }
}

const purpose = { purpose: 'sign people in', processor: 'google' }

async function verified(
  { clock, log }: Outside,
  google: ReturnType<typeof remembered>,
  client: OAuthClient,
  tokens: { idToken?: string | undefined; expectedIdTokenNonce?: string | undefined },
) {
  const { idToken = '', expectedIdTokenNonce: nonce } = tokens
  const check = async (keys: JSONWebKeySet) =>
    jwtVerify(idToken, createLocalJWKSet(keys), {
      issuer: [issuer, 'accounts.google.com'],
      audience: client.clientId,
      algorithms: ['RS256'],
      requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp'],
      maxTokenAge: '10 minutes',
      clockTolerance: 60,
      currentDate: clock.now(),
    })
  try {
    const { payload } = await check(await google.keys(false)).catch(async (error) => {
      // Google has taken a new key into use.
      if (error instanceof errors.JWKSNoMatchingKey) return check(await google.keys(true))
      throw error
    })
    const claims = Claims.parse(payload)
    if (nonce && claims.nonce === nonce) return claims
    log.warn('Google’s ID token has another nonce')
  } catch (error) {
    log.warn({ err: error }, 'Google’s ID token was refused')
  }
  return null
}

/** Google's discovery document and keys, asked again after an hour. */
function remembered({ egress, clock }: Outside) {
  const kept = new Map<string, { at: number; value: unknown }>()
  async function get<Value>(url: string, shape: z.ZodType<Value>, anew = false): Promise<Value> {
    const before = kept.get(url)
    if (before && !anew && clock.monotonic() - before.at < keepMs) return before.value as Value
    const answer = await egress.request({ ...purpose, url })
    if (answer.status !== 200) throw new Error(`Google answered ${answer.status} at ${url}`)
    const value = shape.parse(answer.json())
    kept.set(url, { at: clock.monotonic(), value })
    return value
  }
  const discovery = () => get(`${issuer}/.well-known/openid-configuration`, Discovery)
  return {
    discovery,
    keys: async (anew: boolean) =>
      (await get((await discovery()).jwks_uri, Keys, anew)) as JSONWebKeySet,
  }
}

function redirectTo(origin: string, error: string) {
  return new APIError('FOUND', undefined, { location: `${origin}/sign-in?error=${error}` })
}
