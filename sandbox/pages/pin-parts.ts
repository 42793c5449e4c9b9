import { pictureAddress, pinAddress } from '../vendors/pinterest/addresses.ts'
import { coverOf } from '../vendors/pinterest/present.ts'
import type { Account, Board, Picture, Pin } from '../vendors/pinterest/types.ts'
import type { World } from '../world.ts'
import { type Html, html } from './html.ts'
import { ago } from './layout.ts'

export const accountAddress = (account: Account) => `/www.pinterest.com/${account.username}/`

export function boardAddress({ pinterest }: World, board: Board): string {
  const username = pinterest.accounts.get(board.accountId)?.username ?? ''
  return `/www.pinterest.com/${username}/${encodeURIComponent(board.slug)}/`
}

/** Up to three covers of the newest pins in a place (an account or a board). */
function covers({ pinterest }: World, place: string): Html {
  const pictures = pinterest
    .pinsOn(place)
    .page(3)
    .ids.map((id) => pinterest.pins.get(id))
    .map((pin) => pin && coverOf(pin.media))
  const cell = (picture: Picture | undefined) =>
    picture
      ? html`<img src="${pictureAddress.picture(picture, '474x')}" alt="" loading="lazy">`
      : html`<span class="none"></span>`
  return html`<span class="covers">${[0, 1, 2].map((index) => cell(pictures[index]))}</span>`
}

export function accountTile(world: World, account: Account): Html {
  const pins = world.pinterest.pinsOn(account.id).size
  const boards = world.pinterest.boardsOf(account.id).size
  return html`<a class="tile" href="${accountAddress(account)}">
    ${covers(world, account.id)}
    <span class="words">
      <img class="avatar" src="${pictureAddress.avatar(account)}" alt="" width="48" height="48">
      <span><b>${account.businessName}</b><small>@${account.username} · ${pins} pins on ${boards} boards</small></span>
    </span>
  </a>`
}

const PRIVACY = { PUBLIC: '', PROTECTED: ' · protected', SECRET: ' · secret' }

export function boardTile(world: World, board: Board): Html {
  const pins = world.pinterest.pinsOn(board.id).size
  return html`<a class="tile" href="${boardAddress(world, board)}">
    ${covers(world, board.id)}
    <span class="words"><span><b>${board.name}</b><small>${pins} ${pins === 1 ? 'pin' : 'pins'}${PRIVACY[board.privacy]}</small></span></span>
  </a>`
}

export function pinGrid(world: World, pins: Pin[]): Html {
  if (pins.length === 0) return html`<p class="empty">No pins here yet.</p>`
  return html`<div class="pins">${pins.map((pin) => pinTile(world, pin))}</div>`
}

function pinTile(world: World, pin: Pin): Html {
  const { media } = pin
  const picture = coverOf(media)
  const badge =
    media.type === 'carousel'
      ? `${media.items.length} pictures`
      : media.type === 'video'
        ? `Video ${duration(media.durationMs)}`
        : undefined
  const account = world.pinterest.accounts.get(pin.accountId)
  return html`<a class="pin" href="${pinAddress(pin)}">
    <span class="shot">${
      picture
        ? html`<img src="${pictureAddress.picture(picture, '474x')}" alt="${pin.altText}" width="474" height="${Math.round((picture.height / picture.width) * 474)}" loading="lazy">`
        : html`<span class="blank" aria-hidden="true">▶</span>`
    }${badge && html`<span class="badge">${badge}</span>`}</span>
    <b>${pin.title ?? 'Untitled'}</b>
    <small>${account?.businessName} · ${ago(pin.createdAt, world.clock.now())}</small>
  </a>`
}

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
