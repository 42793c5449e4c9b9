import { FAULT_KINDS, type FaultRule } from '../faults.ts'
import type { World } from '../world.ts'
import { type Html, html } from './html.ts'
import { worldPage } from './layout.ts'

/** The rules that wait, and a form for one more. `problem` says why the last one was not taken. */
export function faultPage(world: World, operations: string[], problem?: string): Html {
  const rules = world.faults.list()
  const accounts = [...world.pinterest.accounts.values()]
  const body = html`
    <h1>Faults</h1>
    <p class="lead">Make this world as unreliable as the real one. The first rule that fits a call strikes it.</p>
    ${problem && html`<p class="chip warn" role="alert">${problem}</p>`}
    <section class="card">
      <div class="head"><h2>Waiting</h2>${rules.length > 0 && html`<form method="post" action="/world/faults/clear"><button class="small danger">Remove all</button></form>`}</div>
      ${rules.length === 0 ? html`<p class="quiet">None. Every call is answered as it should be.</p>` : ruleTable(rules)}
    </section>
    <section class="card">
      <h2>Add a fault</h2>
      <form method="post" action="/world/faults">
        <div class="fields">
          <label class="field wide">What happens <select name="kind">${Object.entries(FAULT_KINDS).map(([kind, words]) => html`<option value="${kind}">${words} (${kind})</option>`)}</select></label>
          <label class="field">To which call <input name="operation" list="operations" value="POST /pins" placeholder="all of them"><small>method and path, * for anything</small></label>
          <datalist id="operations">${operations.map((name) => html`<option value="${name}">`)}</datalist>
          <label class="field">For whom <select name="account"><option value="">everybody</option>${accounts.map((account) => html`<option value="${account.username}">${account.businessName}</option>`)}</select></label>
          <label class="field">How often <input name="times" type="number" min="1" inputmode="numeric" placeholder="once"></label>
          <label class="field">Or with probability <input name="probability" type="number" min="0.01" max="1" step="0.01" inputmode="decimal" placeholder="always"></label>
        </div>
        <details><summary>More about the answer</summary><div class="fields">
          <label class="field">Status of an error <input name="status" type="number" min="400" max="599" placeholder="503"></label>
          <label class="field">Its body <select name="body"><option value="">the vendor’s own JSON</option><option value="html">an HTML page</option><option value="truncated">JSON cut short</option><option value="empty">nothing</option></select></label>
          <label class="field">Its message <input name="message"></label>
          <label class="field">Retry-After <input name="retryAfter" type="number" min="0" placeholder="not sent"><small>seconds</small></label>
          <label class="field">Rate limit reset <input name="reset" type="number" min="0" placeholder="not sent"><small>seconds</small></label>
          <label class="field">Slow by <input name="ms" type="number" min="0" placeholder="1000"><small>milliseconds</small></label>
          <label class="field">Scope that is lost <input name="scope" placeholder="pins:write"></label>
        </div></details>
        <div class="actions"><button class="primary">Add this fault</button></div>
      </form>
    </section>`
  return worldPage(world, { title: 'Faults', tab: '/world/faults', body })
}

function ruleTable(rules: readonly FaultRule[]): Html {
  return html`<div class="scroll"><table>
    <thead><tr><th scope="col">What</th><th scope="col">Call</th><th scope="col">For</th><th scope="col">Left</th><th scope="col">Struck</th><th scope="col"><span class="quiet">Remove</span></th></tr></thead>
    <tbody>${rules.map(
      (rule) => html`<tr>
        <td>${FAULT_KINDS[rule.kind]}</td>
        <td class="path">${rule.operation ?? 'all'}</td>
        <td>${rule.account ?? 'everybody'}</td>
        <td>${rule.left ?? `p = ${rule.probability}`}</td>
        <td>${rule.struck}</td>
        <td><form method="post" action="/world/faults/${rule.id}/delete"><button class="small" aria-label="Remove ${rule.id}">Remove</button></form></td>
      </tr>`,
    )}</tbody>
  </table></div>`
}
