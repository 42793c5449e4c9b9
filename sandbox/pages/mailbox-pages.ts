import type { FastifyReply } from 'fastify'
import { linksOf } from '../vendors/resend/links.ts'
import type { Mail } from '../vendors/resend/mailbox.ts'
import type { World } from '../world.ts'
import { type Html, html } from './html.ts'
import { ago, longTime, worldPage } from './layout.ts'

const SHOWN = 200

export function mailboxPage(world: World, to: string | undefined): Html {
  const body = html`
    <h1>Mailbox</h1>
    <p class="lead">Every mail that the product sends, to whomever, lands here.</p>
    <form class="actions" method="get" action="/world/mailbox" role="search">
      <label class="field">Only to this address <input type="search" name="to" value="${to}" placeholder="maya@example.com"></label>
    </form>
    <section class="card">${mailList(world, world.mailbox.list(SHOWN, to))}</section>
    ${world.mailbox.size > 0 && html`<form method="post" action="/world/mailbox/clear" class="actions" data-confirm="Throw all mail away?"><button class="danger small">Throw all mail away</button></form>`}`
  return worldPage(world, { title: 'Mailbox', tab: '/world/mailbox', body })
}

export function mailList(world: World, mails: Mail[]): Html {
  if (mails.length === 0) return html`<p class="quiet">No mail yet.</p>`
  const now = world.clock.now()
  return html`<ul class="list">${mails.map(
    (mail) => html`<li><a class="row" href="/world/mailbox/${mail.id}">
      <b>${mail.subject || '(no subject)'}</b>
      <small><span>to ${mail.to.join(', ')}</span><time>${ago(mail.at, now)}</time></small>
    </a></li>`,
  )}</ul>`
}

export function mailPage(world: World, mail: Mail): Html {
  const links = linksOf(mail)
  const facts: [string, string][] = [
    ['From', mail.from],
    ['To', mail.to.join(', ')],
    ['Copy', mail.cc.join(', ')],
    ['Blind copy', mail.bcc.join(', ')],
    ['Reply to', mail.replyTo.join(', ')],
    ['Sent', longTime(mail.at)],
    [
      'Attachments',
      mail.attachments.map((one) => `${one.filename} (${one.bytes} bytes)`).join(', '),
    ],
  ]
  const body = html`
    <p class="crumbs"><a href="/world/mailbox">Mailbox</a></p>
    <h1>${mail.subject || '(no subject)'}</h1>
    <dl class="facts">${facts.map(([name, value]) => value && html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
    ${
      links.length > 0 &&
      html`<section class="card"><h2>Links in it</h2><ul>${links.map((link) => html`<li><a class="out" href="${link}">${link}</a></li>`)}</ul></section>`
    }
    ${mail.html !== null && html`<section><div class="head"><h2>As it looks</h2></div><iframe class="mail" title="The mail as it looks" src="/world/mailbox/${mail.id}/body" sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe></section>`}
    ${mail.text !== null && html`<section><div class="head"><h2>As plain text</h2></div><pre tabindex="0">${mail.text}</pre></section>`}`
  return worldPage(world, { title: mail.subject, tab: '/world/mailbox', body })
}

/** The mail's own HTML in an origin of its own: it can be seen and its links followed, nothing else. */
export function sendMailBody(reply: FastifyReply, mail: Mail): FastifyReply {
  return reply
    .header(
      'content-security-policy',
      "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; default-src 'none'; img-src data: 'self'; style-src 'unsafe-inline'; font-src data:; base-uri 'self'; frame-ancestors 'self'",
    )
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(`<base target="_top">${mail.html ?? ''}`)
}
