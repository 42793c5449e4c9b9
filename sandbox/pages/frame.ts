import { type Html, html } from './html.ts'

/** A page that stands for one of a vendor's own screens: a single card, and a line that says what this is. */
export function framePage({
  title,
  vendor,
  body,
}: {
  title: string
  vendor: string
  body: Html
}): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/world/world.css">
<link rel="icon" href="/world/icon.svg" type="image/svg+xml">
</head>
<body class="framed">
<main class="frame">${body}</main>
<footer class="frame-note">This is the sandbox’s ${vendor}. Nothing here reaches the real one. <a href="/">See the world</a></footer>
</body>
</html>`
}
