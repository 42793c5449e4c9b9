import { readdirSync, readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { World } from '../world.ts'
import { mountActions } from './actions.ts'
import { clockPage } from './clock-page.ts'
import { exchangePage, exchangesPage } from './exchange-pages.ts'
import { faultPage } from './fault-page.ts'
import { type Html, html } from './html.ts'
import { worldPage } from './layout.ts'
import { mailboxPage, mailPage, sendMailBody } from './mailbox-pages.ts'
import { overviewPage } from './overview-page.ts'
import { boardPage, pinPage, profilePage } from './pinterest-pages.ts'
import { sendPage } from './send-page.ts'

const ASSETS = {
  'world.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
}

/** The world as a person sees it, and acts in it. */
export function mountPages(app: FastifyInstance, world: World, operations: string[]): void {
  for (const [name, type] of Object.entries(ASSETS)) {
    const bytes = readFileSync(new URL(`./assets/${name}`, import.meta.url))
    app.get(`/world/${name}`, async (_request, reply) =>
      reply.header('cache-control', 'no-cache').type(type).send(bytes),
    )
  }
  const styles = readStyles()
  app.get('/world/world.css', async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(styles),
  )
  const page = (path: string, show: (params: Params, query: URLSearchParams) => Html | undefined) =>
    app.get(path, async (request, reply) => {
      const shown = show(request.params as Params, queryOf(request))
      return sendPage(reply, shown ?? nothingHere(world), { status: shown ? 200 : 404 })
    })
  page('/', () => overviewPage(world))
  page('/world/mailbox', (_params, query) => mailboxPage(world, query.get('to') || undefined))
  page('/world/mailbox/:id', ({ id }) => {
    const mail = world.mailbox.find(id ?? '')
    return mail && mailPage(world, mail)
  })
  page('/world/faults', () => faultPage(world, operations))
  page('/world/clock', () => clockPage(world))
  page('/world/exchanges', () => exchangesPage(world))
  page('/world/exchanges/:id', ({ id }) => {
    const exchange = world.exchanges.find(Number(id))
    return exchange && exchangePage(world, exchange)
  })
  mountPinterestPages(page, world)
  app.get('/world/mailbox/:id/body', async (request, reply) => showBody(world, request, reply))
  mountActions(app, world, operations)
}

/** The parts of the style sheet in the order of their numbers. */
function readStyles(): string {
  const folder = new URL('./assets/styles/', import.meta.url)
  const parts = readdirSync(folder).sort()
  return parts.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')
}

type Params = Record<string, string | undefined>

const queryOf = (request: FastifyRequest) => new URL(request.url, 'http://sandbox').searchParams

/** The addresses that Pinterest gives to its public pages. */
function mountPinterestPages(
  page: (path: string, show: (params: Params, query: URLSearchParams) => Html | undefined) => void,
  world: World,
): void {
  const { pinterest } = world
  page('/www.pinterest.com/pin/:id', ({ id }) => {
    const pin = pinterest.pins.get(id ?? '')
    return pin && pinPage(world, pin)
  })
  page('/www.pinterest.com/:username', ({ username }) => {
    const account = pinterest.account(username ?? '')
    return account && profilePage(world, account)
  })
  page('/www.pinterest.com/:username/:board', ({ username, board }, query) => {
    const account = pinterest.account(username ?? '')
    const found = account && pinterest.boardBySlug(account.id, board ?? '')
    return account && found && boardPage(world, account, found, bookmarkIn(query))
  })
}

function bookmarkIn(query: URLSearchParams): string | undefined {
  const bookmark = query.get('bookmark') ?? ''
  return /^[\w-]+$/.test(bookmark) ? bookmark : undefined
}

function showBody(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { id } = request.params as { id: string }
  const mail = world.mailbox.find(id)
  if (!mail) return reply.code(404).type('text/plain').send('No such mail')
  return sendMailBody(reply, mail)
}

function nothingHere(world: World): Html {
  return worldPage(world, {
    title: 'Nothing here',
    tab: '/',
    body: html`<h1>Nothing here</h1><p class="lead">It was deleted, or never was. <a href="/">Back to the world</a></p>`,
  })
}
