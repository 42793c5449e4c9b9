import type { Account, Pin } from '../vendors/pinterest/types.ts'
import type { World } from '../world.ts'
import { exchangeTable } from './exchange-pages.ts'
import { type Html, html } from './html.ts'
import { longTime, worldPage } from './layout.ts'
import { mailList } from './mailbox-pages.ts'
import { accountTile, pinGrid } from './pin-parts.ts'

const NEWEST_PINS = 10

export function overviewPage(world: World): Html {
  const { pinterest, clock, mailbox, exchanges } = world
  const accounts = [...pinterest.accounts.values()]
  const rules = world.faults.list().length
  const body = html`
    <h1>The social internet, on localhost</h1>
    <p class="lead">What the product publishes, sends and signs in with ends here: three businesses on Pinterest, a mailbox for everybody, and a clock and a temper of its own.</p>
    <ul class="chips">
      <li><a class="chip" href="/world/clock"><b>${longTime(clock.now())}</b>${clock.rate !== 1 && ` at ${clock.rate}×`}</a></li>
      <li><span class="chip"><b>${pinterest.pins.size}</b> pins</span></li>
      <li><a class="chip" href="/world/mailbox"><b>${mailbox.size}</b> mails</a></li>
      <li><a class="chip" href="/world/exchanges"><b>${exchanges.count}</b> exchanges</a></li>
      ${rules > 0 && html`<li><a class="chip warn" href="/world/faults"><b>${rules}</b> ${rules === 1 ? 'fault' : 'faults'} waiting</a></li>`}
    </ul>
    <section>
      <div class="head"><h2>Businesses on Pinterest</h2></div>
      <div class="accounts">${accounts.map((account) => accountTile(world, account))}</div>
    </section>
    <section>
      <div class="head"><h2>Newest pins</h2></div>
      ${pinGrid(world, newestPins(world, accounts))}
    </section>
    <section class="columns">
      <div class="card">
        <div class="head"><h2>Mailbox</h2><a href="/world/mailbox">All mail</a></div>
        ${mailList(world, mailbox.list(5))}
      </div>
      <div class="card">
        <div class="head"><h2>Exchanges</h2><a href="/world/exchanges">All of them</a></div>
        ${exchangeTable(exchanges.recent(7), 'short')}
      </div>
    </section>
    <section>
      <details><summary>Start over</summary>
        <p class="quiet">Accounts, boards and pins go back to the first day; mail, faults, history and tokens are gone.</p>
        <form method="post" action="/world/reset" data-confirm="Forget everything that happened here?"><button class="danger">Reset the world</button></form>
      </details>
    </section>`
  return worldPage(world, { title: 'World', tab: '/', body })
}

/** The newest of each account, put together. */
function newestPins({ pinterest }: World, accounts: Account[]): Pin[] {
  const ids = accounts.flatMap((account) => pinterest.pinsOn(account.id).page(NEWEST_PINS).ids)
  return ids
    .map((id) => pinterest.pins.get(id))
    .filter((pin) => pin !== undefined)
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, NEWEST_PINS)
}
