import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../../pages/send-page.ts'
import { randomText } from '../../random.ts'
import type { World } from '../../world.ts'
import { consentPage, consentProblemPage } from './consent-page.ts'
import { SCOPES } from './scopes.ts'
import type { App } from './types.ts'

const PATH = '/www.pinterest.com/oauth/'
const CODE_LIFE_MS = 10 * 60 * 1000

export type ConsentRequest = {
  app: App
  redirectUri: string
  scopes: string[]
  state: string | null
}

/** The page on which a person lets an app in, or does not. */
export function mountConsent(app: FastifyInstance, world: World): void {
  app.get(PATH, async (request, reply) => showConsent(world, request, reply))
  app.post(PATH, async (request, reply) => decide(world, request, reply))
}

function showConsent(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const asked = readRequest(world, new URL(request.url, 'http://sandbox').searchParams)
  if (typeof asked === 'string') return sendPage(reply, consentProblemPage(asked), { status: 400 })
  const page = consentPage(world, asked, new URL(request.url, 'http://sandbox').search)
  return sendPage(reply, page, { formTargets: [new URL(asked.redirectUri).origin] })
}

/** What the app asks for, or in words what is wrong with its request: then nothing is sent back to it. */
function readRequest(world: World, query: URLSearchParams): ConsentRequest | string {
  const app = world.pinterest.apps.get(query.get('client_id') ?? '')
  if (!app) return 'The app is not known: its client_id is missing or wrong.'
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!isRegistered(app, redirectUri)) {
    return 'The redirect_uri does not match any that the app has registered.'
  }
  if (query.get('response_type') !== 'code') return 'The response_type must be “code”.'
  const scopes = (query.get('scope') ?? '').split(/[ ,]+/).filter(Boolean)
  if (scopes.length === 0) return 'The app asks for no scope.'
  const unknown = scopes.find((scope) => !(scope in SCOPES))
  if (unknown) return `There is no scope “${unknown}”.`
  return { app, redirectUri, scopes: [...new Set(scopes)], state: query.get('state') }
}

function isRegistered(app: App, redirectUri: string): boolean {
  if (app.redirectUris.length > 0) return app.redirectUris.includes(redirectUri)
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined
  return (
    (url?.protocol === 'http:' || url?.protocol === 'https:') &&
    ['localhost', '127.0.0.1'].includes(url.hostname)
  )
}

function decide(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const query = new URL(request.url, 'http://sandbox').searchParams
  const asked = readRequest(world, query)
  if (typeof asked === 'string') return sendPage(reply, consentProblemPage(asked), { status: 400 })
  const form = new URLSearchParams(String(request.body ?? ''))
  switch (form.get('decision')) {
    case 'allow':
      return allow(world, asked, form, reply)
    case 'deny':
      return back(reply, asked, { error: 'access_denied', error_description: 'User denied access' })
    case 'fail':
      return back(reply, asked, {
        error: 'server_error',
        error_description: 'Something went wrong on our end',
      })
    default:
      return sendPage(reply, consentProblemPage('Neither Allow nor Deny was chosen.'), {
        status: 400,
      })
  }
}

function allow(
  world: World,
  asked: ConsentRequest,
  form: URLSearchParams,
  reply: FastifyReply,
): FastifyReply {
  const account = world.pinterest.account(form.get('account') ?? '')
  if (!account) {
    return sendPage(reply, consentProblemPage('No account was chosen.'), { status: 400 })
  }
  const chosen = new Set(form.getAll('scope'))
  const value = randomText(40)
  world.pinterest.codes.set(value, {
    value,
    clientId: asked.app.clientId,
    accountId: account.id,
    scopes: asked.scopes.filter((scope) => chosen.has(scope)),
    redirectUri: asked.redirectUri,
    expiresAt: world.clock.now() + CODE_LIFE_MS,
    grantId: null,
  })
  world.changed()
  return back(reply, asked, { code: value })
}

function back(
  reply: FastifyReply,
  asked: ConsentRequest,
  said: Record<string, string>,
): FastifyReply {
  const url = new URL(asked.redirectUri)
  for (const [name, value] of Object.entries(said)) url.searchParams.set(name, value)
  if (asked.state !== null) url.searchParams.set('state', asked.state)
  return reply.code(303).header('cache-control', 'no-store').header('location', url.href).send()
}
