import { createHash } from 'node:crypto'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestWorld } from '../../test-kit.ts'
import { PEOPLE } from './state.ts'

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.start()
})
afterAll(() => world.close())

const REDIRECT = 'http://localhost:4000/api/auth/callback/google'
const VERIFIER = 'a-verifier-that-is-long-enough-for-the-specification'
const [maya, tomas, iris] = PEOPLE

const query = (change: Record<string, string> = {}) =>
  new URLSearchParams({
    client_id: 'sandbox-google-client',
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'openid email profile',
    state: 's',
    nonce: 'n-1',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  })

const PAGE = '/accounts.google.com/o/oauth2/v2/auth'

async function choose(sub: string, asked = query()): Promise<URL> {
  const reply = await world.fetch(`${PAGE}?${asked}`, {
    method: 'POST',
    body: new URLSearchParams({ sub }),
  })
  return new URL(reply.headers.get('location') ?? 'x:')
}

const redeem = (code: string | null, change: Record<string, string> = {}) =>
  world.fetch('/oauth2.googleapis.com/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: code ?? '',
      client_id: 'sandbox-google-client',
      client_secret: 'sandbox-google-secret',
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
      ...change,
    }),
  })

async function claims(idToken: unknown) {
  const { body } = await world.fetch('/www.googleapis.com/oauth2/v3/certs')
  const keys = createLocalJWKSet(body as unknown as JSONWebKeySet)
  return jwtVerify(String(idToken), keys, {
    issuer: 'https://accounts.google.com',
    audience: 'sandbox-google-client',
  })
}

it('publishes the real addresses of Google', async () => {
  const { body } = await world.fetch('/accounts.google.com/.well-known/openid-configuration')
  expect(body).toMatchObject({
    issuer: 'https://accounts.google.com',
    token_endpoint: 'https://oauth2.googleapis.com/token',
    jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
  })
})

it('signs a person in with a signed ID token and a userinfo answer', async () => {
  const page = await world.fetch(`${PAGE}?${query()}`)
  expect(page.text).toContain('maya.lindqvist@gmail.com')
  const back = await choose(maya?.sub ?? '')
  expect(back.searchParams.get('state')).toBe('s')
  const { status, body } = await redeem(back.searchParams.get('code'))
  expect(status).toBe(200)
  const { payload, protectedHeader } = await claims(body.id_token)
  expect(protectedHeader.alg).toBe('RS256')
  expect(payload).toMatchObject({
    sub: maya?.sub,
    email: 'maya.lindqvist@gmail.com',
    email_verified: true,
    nonce: 'n-1',
    azp: 'sandbox-google-client',
  })
  const half = createHash('sha256').update(String(body.access_token)).digest().subarray(0, 16)
  expect(payload.at_hash).toBe(half.toString('base64url'))
  const me = await world.fetch('/openidconnect.googleapis.com/v1/userinfo', {
    headers: { authorization: `Bearer ${body.access_token}` },
  })
  expect(me.body).toMatchObject({ sub: maya?.sub, name: 'Maya Lindqvist' })
})

it('says when an address is not verified, and of which Workspace a person is', async () => {
  const unverified = await redeem((await choose(iris?.sub ?? '')).searchParams.get('code'))
  expect((await claims(unverified.body.id_token)).payload.email_verified).toBe(false)
  const workspace = await redeem((await choose(tomas?.sub ?? '')).searchParams.get('code'))
  expect((await claims(workspace.body.id_token)).payload.hd).toBe('harbourbakery.example')
})

it.each([
  ['another verifier', { code_verifier: 'wrong' }, 'invalid_grant'],
  ['another secret', { client_secret: 'wrong' }, 'invalid_client'],
  ['another redirect_uri', { redirect_uri: `${REDIRECT}/x` }, 'redirect_uri_mismatch'],
  ['an unknown field', { colour: 'red' }, 'invalid_request'],
])('refuses a code with %s', async (_name, change, error) => {
  const code = (await choose(maya?.sub ?? '')).searchParams.get('code')
  expect((await redeem(code, change)).body.error).toBe(error)
})

it('takes a code once, and tells when the person cancels', async () => {
  const code = (await choose(maya?.sub ?? '')).searchParams.get('code')
  expect((await redeem(code)).status).toBe(200)
  expect((await redeem(code)).body.error).toBe('invalid_grant')
  expect((await choose('')).searchParams.get('error')).toBe('access_denied')
})

it('refuses a foreign redirect_uri on the page', async () => {
  const asked = query({ redirect_uri: 'https://evil.example/cb' })
  expect((await world.fetch(`${PAGE}?${asked}`)).status).toBe(400)
})

it('gives a refresh token only for offline access, and ends it when revoked', async () => {
  const asked = query({ access_type: 'offline' })
  const { body } = await redeem((await choose(maya?.sub ?? '', asked)).searchParams.get('code'))
  const refresh = () =>
    world.fetch('/oauth2.googleapis.com/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: String(body.refresh_token),
        client_id: 'sandbox-google-client',
        client_secret: 'sandbox-google-secret',
      }),
    })
  expect((await refresh()).status).toBe(200)
  const revoked = await world.fetch('/oauth2.googleapis.com/revoke', {
    method: 'POST',
    body: new URLSearchParams({ token: String(body.access_token) }),
  })
  expect(revoked.status).toBe(200)
  expect((await refresh()).body.error).toBe('invalid_grant')
})
