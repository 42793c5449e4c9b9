import type { LoggedBody, RecentExchange } from '../exchange-log.ts'
import type { World } from '../world.ts'
import { type Html, html } from './html.ts'
import { worldPage } from './layout.ts'

export function exchangesPage(world: World): Html {
  const body = html`
    <h1>Exchanges</h1>
    <p class="lead">The last calls to each vendor, newest first, as the vendor’s own host would have seen them. Credentials are masked.</p>
    <section class="card">${exchangeTable(world.exchanges.recent(), 'full')}</section>`
  return worldPage(world, { title: 'Exchanges', tab: '/world/exchanges', body })
}

export function exchangeTable(exchanges: RecentExchange[], width: 'short' | 'full'): Html {
  if (exchanges.length === 0) return html`<p class="quiet">Nobody has called yet.</p>`
  const isFull = width === 'full'
  return html`<div class="scroll" ${isFull && html`tabindex="0" role="region" aria-label="Exchanges"`}><table>
    ${isFull && html`<thead><tr><th scope="col">At</th><th scope="col">Answer</th><th scope="col">Call</th><th scope="col">Took</th><th scope="col">Fault</th></tr></thead>`}
    <tbody>${exchanges.map(
      (exchange) => html`<tr>
        ${isFull && html`<td class="mono">${exchange.at.slice(11, 19)}</td>`}
        <td>${status(exchange)}</td>
        <td class="path"><a href="/world/exchanges/${exchange.number}">${exchange.method} ${shortUrl(exchange.url, isFull)}</a></td>
        ${isFull && html`<td>${exchange.tookMs} ms</td><td>${exchange.fault}</td>`}
      </tr>`,
    )}</tbody>
  </table></div>`
}

function shortUrl(address: string, isFull: boolean): string {
  const url = new URL(address)
  return isFull ? url.host + url.pathname + url.search : url.pathname
}

function status({ status, fault }: RecentExchange): Html {
  if (status === null) return html`<span class="status odd">none</span>`
  const tone = fault ? 'odd' : status >= 400 ? 'bad' : ''
  return html`<span class="status ${tone}">${status}</span>`
}

export function exchangePage(world: World, exchange: RecentExchange): Html {
  const body = html`
    <p class="crumbs"><a href="/world/exchanges">Exchanges</a></p>
    <h1>${exchange.method} ${new URL(exchange.url).pathname}</h1>
    <ul class="chips">
      <li>${status(exchange)}</li>
      <li><span class="chip">${exchange.vendor}</span></li>
      <li><span class="chip">${exchange.at}</span></li>
      <li><span class="chip">${exchange.tookMs} ms</span></li>
      ${exchange.fault && html`<li><span class="chip warn">${exchange.fault}</span></li>`}
    </ul>
    <section class="columns">
      <div class="card"><h2>Request</h2><pre tabindex="0">${exchange.method} ${exchange.url}\n${headers(exchange.requestHeaders)}</pre><pre tabindex="0">${readable(exchange.requestBody)}</pre></div>
      <div class="card"><h2>Answer</h2><pre tabindex="0">${exchange.status ?? 'none: the connection was dropped or left hanging'}\n${headers(exchange.responseHeaders)}</pre><pre tabindex="0">${readable(exchange.responseBody)}</pre></div>
    </section>`
  return worldPage(world, { title: 'Exchange', tab: '/world/exchanges', body })
}

const headers = (all: Record<string, string>) =>
  Object.entries(all)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')

function readable(body: LoggedBody): string {
  if (body === null) return '(empty)'
  if (typeof body !== 'string') return JSON.stringify(body, null, 2)
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
