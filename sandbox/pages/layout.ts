import type { World } from '../world.ts'
import { type Html, html } from './html.ts'

const TABS = [
  ['/', 'World'],
  ['/world/mailbox', 'Mailbox'],
  ['/world/faults', 'Faults'],
  ['/world/clock', 'Clock'],
  ['/world/exchanges', 'Exchanges'],
] as const

/** A page of the world: it says what it is, and stays up to date while it is open. */
export function worldPage(
  world: World,
  { title, tab, body }: { title: string; tab: (typeof TABS)[number][0]; body: Html },
): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Avow sandbox</title>
<link rel="stylesheet" href="/world/world.css">
<link rel="icon" href="/world/icon.svg" type="image/svg+xml">
<script type="module" src="/world/world.js"></script>
</head>
<body data-live="${world.version}:${world.exchanges.count}">
<a class="skip" href="#main">Skip to the content</a>
<aside class="notice" aria-label="What this is">This is the sandbox. Everything here is made up, and nothing reaches a real network or mailbox.</aside>
<header class="top"><div>
  <a class="brand" href="/"><img src="/world/icon.svg" alt="" width="28" height="28">Avow sandbox</a>
  <nav aria-label="World">${TABS.map(
    ([href, name]) =>
      html`<a href="${href}" ${href === tab && html`aria-current="page"`}>${name}${badge(world, href)}</a>`,
  )}</nav>
</div></header>
<main class="world" id="main">${body}</main>
</body>
</html>`
}

function badge(world: World, href: string): string {
  const count =
    href === '/world/mailbox'
      ? world.mailbox.size
      : href === '/world/faults'
        ? world.faults.list().length
        : 0
  return count > 0 ? ` (${count})` : ''
}

/** `22 Nov 2026, 15:04:05 UTC` */
export function longTime(ms: number): string {
  const day = new Date(ms).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return `${day}, ${new Date(ms).toISOString().slice(11, 19)} UTC`
}

/** How long ago, in the largest unit that says enough. */
export function ago(ms: number, now: number): string {
  const seconds = Math.round((now - ms) / 1000)
  if (seconds < -5) return longTime(ms)
  if (seconds < 10) return 'just now'
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  if (seconds < 90) return words.format(-seconds, 'second')
  if (seconds < 5400) return words.format(-Math.round(seconds / 60), 'minute')
  if (seconds < 130_000) return words.format(-Math.round(seconds / 3600), 'hour')
  if (seconds < 4_000_000) return words.format(-Math.round(seconds / 86_400), 'day')
  return words.format(-Math.round(seconds / 2_629_800), 'month')
}
