import type { World } from '../world.ts'
import { type Html, html } from './html.ts'
import { worldPage } from './layout.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const STEPS: [string, number][] = [
  ['1 minute', MINUTE],
  ['1 hour', HOUR],
  ['1 day', DAY],
  ['31 days', 31 * DAY],
  ['61 days', 61 * DAY],
]
const RATES: [string, number][] = [
  ['stands still', 0],
  ['as real time', 1],
  ['an hour a minute', 60],
  ['a day a minute', 1440],
]

export function clockPage(world: World, problem?: string): Html {
  const { clock } = world
  const now = clock.now()
  const ahead = Math.round((now - Date.now()) / 1000)
  const body = html`
    <h1>Clock</h1>
    <p class="lead">Tokens and upload policies expire by it, videos are processed by it, quotas are counted by it.</p>
    ${problem && html`<p class="chip warn" role="alert">${problem}</p>`}
    <section class="card">
      <h2>It is now</h2>
      <p class="clockface"><time data-clock="${now}" data-rate="${clock.rate}">${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}</time> UTC</p>
      <p class="quiet">${ahead === 0 ? 'Real time' : `${Math.abs(ahead).toLocaleString('en')} s ${ahead > 0 ? 'ahead of' : 'behind'} real time`}, running at ${clock.rate}×</p>
      <form method="post" action="/world/clock" class="actions"><span>Go on by</span>${STEPS.map(([name, ms]) => html`<button class="small" name="advanceMs" value="${ms}">${name}</button>`)}</form>
      <form method="post" action="/world/clock" class="actions"><span>Runs</span>${RATES.map(([name, rate]) => html`<button class="small" name="rate" value="${rate}" aria-pressed="${String(rate === clock.rate)}">${name}</button>`)}</form>
      <form method="post" action="/world/clock" class="actions">
        <label class="field">Set it to (UTC) <input type="datetime-local" name="now" step="1" required></label>
        <button>Set</button>
      </form>
      <form method="post" action="/world/clock" class="actions"><button name="real" value="yes">Back to real time</button></form>
    </section>`
  return worldPage(world, { title: 'Clock', tab: '/world/clock', body })
}
