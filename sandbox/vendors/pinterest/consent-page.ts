import { framePage } from '../../pages/frame.ts'
import { type Html, html } from '../../pages/html.ts'
import type { World } from '../../world.ts'
import { pictureAddress } from './addresses.ts'
import type { ConsentRequest } from './consent.ts'
import { SCOPES } from './scopes.ts'
import type { Account } from './types.ts'

const CHECKED = html`checked`

/** Who asks, for which account, for what; each scope can be left out. */
export function consentPage(world: World, asked: ConsentRequest, query: string): Html {
  const accounts = [...world.pinterest.accounts.values()]
  return framePage({
    title: `Connect ${asked.app.name} to Pinterest`,
    vendor: 'Pinterest',
    body: html`
      <p class="frame-kicker">Pinterest · sandbox</p>
      <h1>Give <strong>${asked.app.name}</strong> access to a Pinterest account?</h1>
      <form method="post" action="/www.pinterest.com/oauth/${query}">
        <fieldset>
          <legend>Continue as</legend>
          <div class="choices">${accounts.map(accountChoice)}</div>
        </fieldset>
        <fieldset>
          <legend>${asked.app.name} would be able to</legend>
          <div class="scopes">${asked.scopes.map(scopeChoice)}</div>
        </fieldset>
        <p class="quiet">Leave out what you do not want to give. You can remove the app in your Pinterest settings at any time.</p>
        <div class="frame-actions">
          <button class="primary pinterest" name="decision" value="allow">Allow</button>
          <button name="decision" value="deny">Deny</button>
        </div>
        <details class="quiet">
          <summary>What else can happen here</summary>
          <p>The network itself can fail at this point. The button answers as Pinterest does then.</p>
          <button class="small" name="decision" value="fail">Something went wrong</button>
        </details>
        <p class="quiet">Goes back to <code>${new URL(asked.redirectUri).host}</code></p>
      </form>`,
  })
}

function accountChoice(account: Account, index: number): Html {
  return html`<label class="choice">
    <input type="radio" name="account" value="${account.id}" ${index === 0 && CHECKED} required>
    <img src="${pictureAddress.avatar(account)}" alt="" width="44" height="44">
    <span><b>${account.businessName}</b><small>@${account.username} · business account</small></span>
  </label>`
}

function scopeChoice(scope: string): Html {
  const said = SCOPES[scope]
  return html`<label class="scope">
    <input type="checkbox" name="scope" value="${scope}" ${CHECKED}>
    <span><b>${said?.title}</b><small>${said?.words}</small></span>
  </label>`
}

/** The request itself is wrong: nothing may be sent to an address that cannot be trusted. */
export function consentProblemPage(problem: string): Html {
  return framePage({
    title: 'This request cannot be answered',
    vendor: 'Pinterest',
    body: html`
      <p class="frame-kicker">Pinterest · sandbox</p>
      <h1>Something is wrong with this request</h1>
      <p role="alert">${problem}</p>
      <p class="quiet">Nothing was sent to the app. Go back and try again, or tell whoever makes the app.</p>`,
  })
}
