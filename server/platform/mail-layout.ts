/** How mail of Avow looks: one column, readable in light and dark, complete as plain text. */
import { escapeHtml } from './html.ts'
import { checkLink } from './url-safety.ts'

export type MailContent = {
  /** The heading. */
  title: string
  /** What mailboxes show beside the subject. */
  preview?: string
  paragraphs: string[]
  /** The one thing to do. */
  action?: { label: string; url: string }
  /** Small facts, e.g. ["Time", "Monday 9:00"]. */
  facts?: [name: string, value: string][]
  /** Small print under the action, e.g. how long the link lives. */
  note?: string
  /** Why this person gets this mail. */
  footer: string
}

/** Both forms of a mail. Everything is escaped. @throws TypeError when the action is no web link. */
export function renderMail(content: MailContent): { html: string; text: string } {
  const href = content.action && actionHref(content.action.url)
  return { html: htmlOf(content, href), text: textOf(content, href) }
}

// Links in our own mail may lead to this machine (a first trial), which content links may not.
function actionHref(url: string): string {
  const local = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/[^\s\\]*)?$/.test(url)
  const verdict = local ? { ok: true as const, href: url } : checkLink(url)
  if (verdict.ok) return verdict.href
  throw new TypeError(`A mail's action must be a web link. ${verdict.why}`)
}

function textOf(content: MailContent, href: string | undefined): string {
  const { title, paragraphs, action, facts = [], note, footer } = content
  const parts = [
    title,
    ...paragraphs,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    action && `${action.label}:\n${href}`,
    note,
    `-- \n${footer}`,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function htmlOf(content: MailContent, href: string | undefined): string {
  const { title, preview, paragraphs, action, facts = [], note, footer } = content
  const rows = facts.map(([name, value]) => {
    return `<tr><td class="soft" style="padding:2px 16px 2px 0;color:#5c6470">${escaped(name)}</td><td style="padding:2px 0">${escaped(value)}</td></tr>`
  })
  const body = [
    `<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${escaped(title)}</h1>`,
    ...paragraphs.map((text) => `<p style="margin:0 0 16px">${escaped(text, true)}</p>`),
    rows.length > 0
      ? `<table role="presentation" style="margin:0 0 16px">${rows.join('')}</table>`
      : '',
    action && href ? button(action.label, href) : '',
    note
      ? `<p class="soft" style="margin:0 0 16px;font-size:14px;color:#5c6470">${escaped(note, true)}</p>`
      : '',
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escaped(title)}</title><style>${darkStyle}</style></head>
<body class="page" style="margin:0;padding:24px 12px;background:#f3f4f6;color:#1b1f24;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
${preview ? `<div style="display:none;max-height:0;overflow:hidden">${escaped(preview)}</div>` : ''}
<table role="presentation" width="100%"><tr><td align="center"><table role="presentation" width="100%" style="max-width:560px"><tr><td class="card" style="padding:32px;background:#ffffff;border:1px solid #dfe3e8;border-radius:12px;word-break:break-word">
${body.join('\n')}
</td></tr><tr><td class="soft" style="padding:16px 32px;font-size:13px;color:#5c6470">${escaped(footer, true)}</td></tr></table></td></tr></table>
</body></html>
`
}

const darkStyle =
  ':root{color-scheme:light dark}@media(prefers-color-scheme:dark){.page{background:#14171a!important;color:#e8eaed!important}.card{background:#1d2125!important;border-color:#343a40!important}.soft{color:#a5adb7!important}.plain{color:#8ab4ff!important}}'

function button(label: string, href: string): string {
  const url = escaped(href)
  return `<p style="margin:0 0 16px"><a href="${url}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#2856d8;color:#ffffff;font-weight:600;text-decoration:none">${escaped(label)}</a></p>
<p class="soft" style="margin:0 0 16px;font-size:14px;color:#5c6470">Or open this address: <a class="plain" href="${url}" style="color:#2856d8">${url}</a></p>`
}

function escaped(text: string, keepLines = false): string {
  const safe = escapeHtml(text)
  return keepLines ? safe.replace(/\r?\n/g, '<br>') : safe
}
