import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { framePage } from '../../pages/frame.ts'
import { type Html, html } from '../../pages/html.ts'
import { sendPage } from '../../pages/send-page.ts'
import { randomText } from '../../random.ts'
import type { World } from '../../world.ts'
import { portraitSvg } from './portrait.ts'
import type { GoogleClient, Person } from './state.ts'

const PATH = '/accounts.google.com/o/oauth2/v2/auth'
const CODE_LIFE_MS = 10 * 60 * 1000

type SignInRequest = {
  client: GoogleClient
  redirectUri: string
  scope: string
  state: string | null
  nonce: string | null
  codeChallenge: string | null
  isOffline: boolean
  hd: string | null
  loginHint: string | null
}

/** The page on which a person chooses the Google account to sign in with. */
export function mountSignIn(app: FastifyInstance, world: World): void {
  app.get(PATH, async (request, reply) => {
    const query = new URL(request.url, 'http://sandbox').searchParams
    const asked = readRequest(world, query)
    if (typeof asked === 'string') return sendPage(reply, problemPage(asked), { status: 400 })
    const page = choicePage(world, asked, `?${query}`)
    return sendPage(reply, page, { formTargets: [new URL(asked.redirectUri).origin] })
  })
  app.post(PATH, async (request, reply) => decide(world, request, reply))
  app.get('/lh3.googleusercontent.com/a/:name', async (request, reply) => {
    const { name } = request.params as { name: string }
    const person = world.google.people.get(name.split('=')[0] ?? '')
    if (!person) return reply.code(404).send('Not found')
    return reply.type('image/svg+xml').send(portraitSvg(person))
  })
}

function readRequest(world: World, query: URLSearchParams): SignInRequest | string {
  const client = world.google.clients.get(query.get('client_id') ?? '')
  if (!client) return 'Error 401: invalid_client. The OAuth client was not found.'
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!isRegistered(client, redirectUri)) {
    return 'Error 400: redirect_uri_mismatch. The redirect URI in the request does not match one of the client.'
  }
  if (query.get('response_type') !== 'code') return 'Error 400: unsupported_response_type.'
  const scope = query.get('scope') ?? ''
  if (!scope.split(' ').includes('openid')) return 'Error 400: invalid_scope. “openid” is missing.'
  const codeChallenge = query.get('code_challenge')
  if (codeChallenge !== null && query.get('code_challenge_method') !== 'S256') {
    return 'Error 400: invalid_request. The code_challenge_method must be S256.'
  }
  return {
    client,
    redirectUri,
    scope,
    codeChallenge,
    state: query.get('state'),
    nonce: query.get('nonce'),
    isOffline: query.get('access_type') === 'offline',
    hd: query.get('hd'),
    loginHint: query.get('login_hint'),
  }
}

function isRegistered(client: GoogleClient, redirectUri: string): boolean {
  if (client.redirectUris.length > 0) return client.redirectUris.includes(redirectUri)
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined
  return url !== undefined && ['localhost', '127.0.0.1'].includes(url.hostname)
}

function choicePage(world: World, asked: SignInRequest, query: string): Html {
  const people = [...world.google.people.values()].filter(
    (person) => !asked.hd || asked.hd === '*' || person.hd === asked.hd,
  )
  people.sort((a, b) => Number(b.email === asked.loginHint) - Number(a.email === asked.loginHint))
  return framePage({
    title: 'Choose an account',
    vendor: 'Google',
    body: html`
      <p class="frame-kicker">Google · sandbox</p>
      <h1>Choose an account</h1>
      <p>to continue to <b>${new URL(asked.redirectUri).host}</b></p>
      <form method="post" action="${PATH}${query}">
        <div class="choices">${people.map(personChoice)}</div>
        <p class="quiet">It will get: ${wordsOf(asked.scope)}.</p>
        <div class="frame-actions"><button name="decision" value="cancel">Cancel</button></div>
      </form>`,
  })
}

function personChoice(person: Person): Html {
  const note = person.hd
    ? `Workspace ${person.hd}`
    : person.emailVerified
      ? 'Personal account'
      : 'E-mail address not verified'
  return html`<button class="choice" name="sub" value="${person.sub}">
    <img src="/lh3.googleusercontent.com/a/${person.sub}=s96-c" alt="" width="44" height="44">
    <span><b>${person.name}</b><small>${person.email}</small><small>${note}</small></span>
  </button>`
}

function wordsOf(scope: string): string {
  const scopes = scope.split(' ')
  const words = ['who you are']
  if (scopes.includes('email')) words.push('your e-mail address')
  if (scopes.includes('profile')) words.push('your name and picture')
  return words.join(', ')
}

function problemPage(problem: string): Html {
  return framePage({
    title: 'Access blocked',
    vendor: 'Google',
    body: html`<p class="frame-kicker">Google · sandbox</p><h1>Access blocked</h1><p role="alert">${problem}</p>`,
  })
}

function decide(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const query = new URL(request.url, 'http://sandbox').searchParams
  const asked = readRequest(world, query)
  if (typeof asked === 'string') return sendPage(reply, problemPage(asked), { status: 400 })
  const form = new URLSearchParams(String(request.body ?? ''))
  const url = new URL(asked.redirectUri)
  if (asked.state !== null) url.searchParams.set('state', asked.state)
  const person = world.google.people.get(form.get('sub') ?? '')
  if (person) {
    url.searchParams.set('code', newCode(world, asked, person))
    url.searchParams.set('scope', asked.scope)
    url.searchParams.set('authuser', '0')
    url.searchParams.set('prompt', 'consent')
    if (person.hd) url.searchParams.set('hd', person.hd)
  } else {
    url.searchParams.set('error', 'access_denied')
  }
  return reply.code(303).header('cache-control', 'no-store').header('location', url.href).send()
}

function newCode(world: World, asked: SignInRequest, person: Person): string {
  const value = `4/0${randomText(70)}`
  world.google.codes.set(value, {
    value,
    clientId: asked.client.clientId,
    sub: person.sub,
    scope: asked.scope,
    redirectUri: asked.redirectUri,
    nonce: asked.nonce,
    codeChallenge: asked.codeChallenge,
    expiresAt: world.clock.now() + CODE_LIFE_MS,
    isOffline: asked.isOffline,
    isUsed: false,
  })
  world.changed()
  return value
}
