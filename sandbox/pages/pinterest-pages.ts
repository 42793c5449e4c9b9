import { pictureAddress } from '../vendors/pinterest/addresses.ts'
import type { Account, Board, Grant, Pin } from '../vendors/pinterest/types.ts'
import type { World } from '../world.ts'
import { type Html, html, safeHref } from './html.ts'
import { ago, longTime, worldPage } from './layout.ts'
import { accountAddress, boardAddress, boardTile, duration, pinGrid } from './pin-parts.ts'

/** What one page of a board shows; older pins are a link away. */
const PINS_ON_PAGE = 60

export function profilePage(world: World, account: Account): Html {
  const { pinterest } = world
  const boards = pinterest
    .boardsOf(account.id)
    .ids()
    .map((id) => pinterest.boards.get(id))
    .filter((board) => board !== undefined)
  const grants = [...pinterest.grants.values()].filter(
    (grant) => grant.accountId === account.id && grant.revokedAt === null,
  )
  const website = safeHref(account.websiteUrl)
  const body = html`
    <p class="crumbs"><a href="/">World</a> / Pinterest</p>
    <div class="profile">
      <img class="avatar" src="${pictureAddress.avatar(account)}" alt="" width="112" height="112">
      <div>
        <h1>${account.businessName}</h1>
        <p class="quiet">@${account.username} · ${account.followerCount.toLocaleString('en')} followers · ${account.monthlyViews.toLocaleString('en')} monthly views</p>
        <p>${account.about} ${website && html`<a href="${website}" rel="noreferrer">${account.websiteUrl.replace('https://', '')}</a>`}</p>
      </div>
    </div>
    <section><div class="head"><h2>Boards</h2></div><div class="boards">${boards.map((board) => boardTile(world, board))}</div></section>
    <section class="card">
      <h2>Apps with access</h2>
      ${grants.length === 0 ? html`<p class="quiet">No app has access to this account.</p>` : grantList(world, account, grants)}
    </section>`
  return worldPage(world, { title: account.businessName, tab: '/', body })
}

function grantList(world: World, account: Account, grants: Grant[]): Html {
  const now = world.clock.now()
  return html`<ul class="list">${grants.map(
    (grant) =>
      html`<li class="row"><p><b>${world.pinterest.apps.get(grant.clientId)?.name}</b> <span class="quiet">since ${ago(grant.createdAt, now)}</span><br><small class="quiet">${grant.scopes.join(', ') || 'no scopes'}</small></p></li>`,
  )}</ul>
  <form method="post" action="/world/pinterest/accounts/${account.id}/revoke" class="actions"><button class="danger">Remove access, as in the Pinterest settings</button></form>`
}

export function boardPage(world: World, account: Account, board: Board, bookmark?: string): Html {
  const { pinterest } = world
  const page = pinterest.pinsOn(board.id).page(PINS_ON_PAGE, bookmark)
  const pins = page.ids.map((id) => pinterest.pins.get(id)).filter((pin) => pin !== undefined)
  const sections = pinterest
    .sectionsOf(board.id)
    .ids()
    .map((id) => pinterest.sections.get(id))
    .filter((section) => section !== undefined)
  const body = html`
    <p class="crumbs"><a href="/">World</a> / <a href="${accountAddress(account)}">${account.businessName}</a></p>
    <h1>${board.name}</h1>
    <p class="lead">${board.description}</p>
    <ul class="chips">
      <li><span class="chip"><b>${pinterest.pinsOn(board.id).size}</b> pins</span></li>
      ${board.privacy !== 'PUBLIC' && html`<li><span class="chip warn">${board.privacy === 'SECRET' ? 'Secret: only its owner would see it' : 'Protected: no one can find it'}</span></li>`}
      ${sections.map((section) => html`<li><span class="chip">${section.name} <b>${pinterest.pinsOn(section.id).size}</b></span></li>`)}
    </ul>
    <section>${pinGrid(world, pins)}</section>
    ${page.bookmark && html`<p><a href="?bookmark=${page.bookmark}">Older pins</a></p>`}
    <section><details><summary>As the owner</summary>
      <form method="post" action="/world/pinterest/boards/${board.id}/delete" data-confirm="Delete this board and everything on it?"><button class="danger">Delete this board</button></form>
      <dl class="facts"><dt>Board id</dt><dd class="mono">${board.id}</dd>${sections.map((section) => html`<dt>Section ${section.name}</dt><dd class="mono">${section.id}</dd>`)}</dl>
    </details></section>`
  return worldPage(world, { title: board.name, tab: '/', body })
}

export function pinPage(world: World, pin: Pin): Html {
  const { pinterest } = world
  const account = pinterest.accounts.get(pin.accountId)
  const board = pinterest.boards.get(pin.boardId)
  const link = pin.link ? safeHref(pin.link) : undefined
  const body = html`
    <p class="crumbs"><a href="/">World</a>${account && html` / <a href="${accountAddress(account)}">${account.businessName}</a>`}${board && html` / <a href="${boardAddress(world, board)}">${board.name}</a>`}</p>
    <article class="closeup">
      <div class="media">${mediaOf(pin)}</div>
      <div>
        <h1>${pin.title ?? 'Untitled'}</h1>
        ${account && html`<p class="byline"><img class="avatar" src="${pictureAddress.avatar(account)}" alt="" width="40" height="40"><span><b>${account.businessName}</b><br><small class="quiet">${longTime(pin.createdAt)}</small></span></p>`}
        <p class="said">${pin.description}</p>
        ${pin.link && (link ? html`<p><a class="out" href="${link}" rel="noreferrer nofollow">${pin.link}</a></p>` : html`<p class="out">${pin.link}</p>`)}
        ${factsOf(world, pin)}
        <form method="post" action="/world/pinterest/pins/${pin.id}/delete" class="actions" data-confirm="Delete this pin?"><button class="danger small">Delete this pin, as its owner</button></form>
      </div>
    </article>`
  return worldPage(world, { title: pin.title ?? 'Pin', tab: '/', body })
}

function factsOf(world: World, pin: Pin): Html {
  const board = world.pinterest.boards.get(pin.boardId)
  const section = world.pinterest.sections.get(pin.sectionId ?? '')
  const facts: [string, string | null | undefined][] = [
    ['Board', board?.name],
    ['Section', section?.name],
    ['Alternative text', pin.altText],
    ['Made with AI', pin.aiDisclosures.join(', ') || null],
    ['Dominant colour', pin.dominantColor],
    ['Media', describe(pin)],
    ['Pin id', pin.id],
  ]
  return html`<dl class="facts">${facts.map(([name, value]) => value && html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

function describe({ media }: Pin): string {
  switch (media.type) {
    case 'image':
      return `${media.picture.type.toUpperCase()}, ${media.picture.width} × ${media.picture.height}`
    case 'carousel':
      return `${media.items.length} pictures`
    case 'video':
      return `Video of ${duration(media.durationMs)}, ${media.width} × ${media.height}`
  }
}

function mediaOf(pin: Pin): Html {
  const { media } = pin
  switch (media.type) {
    case 'image':
      return html`<img src="${pictureAddress.picture(media.picture, '1200x')}" alt="${pin.altText}" width="${media.picture.width}" height="${media.picture.height}">`
    case 'carousel':
      return html`<div class="slides" tabindex="0" role="group" aria-label="${media.items.length} pictures, scroll sideways">${media.items.map(
        (item, index) =>
          html`<figure><img src="${pictureAddress.picture(item.picture, '1200x')}" alt="${pin.altText}"><figcaption>${index + 1} of ${media.items.length}${item.title && ` · ${item.title}`}</figcaption></figure>`,
      )}</div>`
    case 'video':
      return html`<video controls preload="metadata" width="${media.width}" height="${media.height}" ${media.cover && html`poster="${pictureAddress.picture(media.cover, '1200x')}"`} src="${pictureAddress.video(media.file)}${media.cover ? '' : `#t=${media.coverAtSecond ?? 0}`}" aria-label="${pin.altText ?? pin.title ?? 'Video'}"></video>`
  }
}
