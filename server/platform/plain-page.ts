import { createHash } from 'node:crypto'
import { Html, html } from './html.ts'

/** A whole page in our look, with the Content-Security-Policy that lets exactly it through. */
export function plainPage(page: {
  title: string
  description: string
  /** Beside the content on wide screens, above it on narrow ones. */
  contents: readonly { id: string; words: string; under?: boolean }[]
  body: Html
  /** Path of a script of ours; the page must be complete without it. */
  script?: string
}): { text: string; csp: string } {
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${page.description}">
<link rel="icon" href="/avow.svg" type="image/svg+xml">
<title>${page.title} · Avow</title>
<style>${styleTag}</style>
${page.script ? html`<script src="${page.script}" defer></script>` : null}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><div><a class="brand" href="/"><img src="/avow.svg" alt="" width="28" height="28">Avow</a></div></header>
<div class="page">
<nav aria-label="On this page"><ul>${page.contents.map(
    ({ id, words, under }) =>
      html`<li${under ? html` class="under"` : null}><a href="#${id}">${words}</a></li>`,
  )}</ul></nav>
<main id="main">${page.body}</main>
</div>
</body>
</html>
`
  return {
    text,
    csp: [
      "default-src 'none'",
      `style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`,
      "img-src 'self'",
      page.script ? "script-src 'self'" : '',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]
      .filter((directive) => directive !== '')
      .join('; '),
  }
}

const css = `
:root{color-scheme:light dark;--ground:#fff;--raised:#f6f8f7;--line:#dbe3df;--text:#1a2220;--soft:#55605c;--mark:#0b6350;--on-mark:#e3f4ed;--code:#eef3f1;--get:#14549c;--post:#0b6350;--patch:#734a00;--delete:#a81818}
@media (prefers-color-scheme:dark){:root{--ground:#141b19;--raised:#1a2220;--line:#323c39;--text:#dbe2df;--soft:#a2ada9;--mark:#7fc5ac;--on-mark:#1d332c;--code:#202a27;--get:#8ec1ff;--post:#7fc5ac;--patch:#f0c36d;--delete:#ff9b9b}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.6 Inter,ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;overflow-wrap:break-word}
a{color:var(--mark);text-underline-offset:.18em}
:focus-visible{outline:2px solid var(--mark);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem 1rem;z-index:2}
header{border-bottom:1px solid var(--line)}header>div{max-width:72rem;margin:0 auto;padding:.8rem clamp(1rem,4vw,2.5rem)}
.brand{display:inline-flex;gap:.6rem;align-items:center;font-weight:700;font-size:1.2rem;letter-spacing:-.02em;color:var(--text);text-decoration:none}
.page{max-width:72rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem) 5rem}
nav ul{list-style:none;margin:1.5rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem .9rem;font-size:.92rem}
nav a{color:var(--soft);text-decoration:none;display:inline-block;padding:.2rem 0}nav a:hover{color:var(--mark);text-decoration:underline}
main{min-width:0}
@media (max-width:63.99rem){.under{display:none}}.under{padding-left:.9rem}
@media (min-width:64rem){.page{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:3.5rem}nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:1.5rem 0}nav ul{flex-direction:column;gap:.1rem}}
h1{font-size:clamp(1.7rem,5vw,2.2rem);line-height:1.2;font-weight:650;letter-spacing:-.02em;margin:2.2rem 0 .6rem}
h2{font-size:1.35rem;line-height:1.3;font-weight:650;letter-spacing:-.01em;margin:3rem 0 .4rem}
h3{font-size:1.05rem;line-height:1.4;font-weight:600;margin:1.6rem 0 .4rem}
p{margin:.5rem 0;max-width:44rem}
.lead{font-size:1.08rem;color:var(--soft)}
.soft{color:var(--soft);font-size:.92rem}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:1rem 0 0;color:var(--soft);font-size:.92rem}
.facts b{color:var(--text);font-weight:600}
.note{border-left:3px solid var(--mark);background:var(--on-mark);padding:.7rem 1rem;border-radius:0 8px 8px 0;max-width:44rem}
.promises{list-style:none;margin:1rem 0 0;padding:0;max-width:46rem}
.promises li{padding:.75rem 0;border-top:1px solid var(--line)}
.promises li>p{margin:0}
details>summary{cursor:pointer;color:var(--soft);font-size:.86rem;width:fit-content;padding:.15rem 0}
details>summary:hover{color:var(--mark)}
.proof>summary{color:var(--mark);font-weight:500}
details dl{margin:.3rem 0 .5rem}details ul{margin:.2rem 0 .4rem;padding-left:1.1rem;font-size:.86rem;color:var(--soft)}
code,pre,.mono{font-family:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,monospace;font-size:.88em}
code{background:var(--code);border-radius:4px;padding:.1em .35em;overflow-wrap:anywhere}
pre{background:var(--code);border-radius:8px;padding:.9rem 1rem;overflow-x:auto;line-height:1.5;margin:.6rem 0}
pre code{background:none;padding:0;overflow-wrap:normal}
.card{border:1px solid var(--line);border-radius:10px;padding:1rem 1.2rem;margin:.8rem 0;background:var(--raised)}
.card h3,.card h4{margin:0 0 .5rem;font-size:1rem;font-weight:600;line-height:1.45}
dl{margin:0;display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:.25rem 1rem;font-size:.93rem}
dt{color:var(--soft)}dd{margin:0}
@media (max-width:34rem){dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:.45rem}.card{padding:.9rem 1rem}}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0}
th{text-align:left;font-weight:600;color:var(--soft);font-size:.84rem}
th,td{padding:.45rem .8rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
@media (max-width:44rem){thead{position:absolute;left:-999px}tr{display:block;border-bottom:1px solid var(--line);padding:.4rem 0}td{display:block;border:0;padding:.1rem 0}}
.route{border-top:1px solid var(--line);padding:1.4rem 0 1rem;margin-top:1.2rem}
.route h3{margin:0 0 .3rem}
.call{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem .7rem;margin:.2rem 0 .5rem}
.method{font-weight:700;font-size:.82rem;letter-spacing:.03em}
.GET{color:var(--get)}.POST{color:var(--post)}.PATCH,.PUT{color:var(--patch)}.DELETE{color:var(--delete)}
.need{color:var(--soft);font-weight:400;font-size:.84rem}
.search{margin:1.4rem 0 0;display:flex;flex-direction:column;gap:.3rem;max-width:30rem}
.search label{font-size:.92rem;font-weight:600}
.search input{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--soft);border-radius:8px;padding:.55rem .8rem;width:100%}
[hidden]{display:none!important}
@media print{nav,header,.skip,.search{display:none}details>*{display:block}}
`

const styleTag = new Html(css)
