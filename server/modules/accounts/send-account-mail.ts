import { createEmailVerificationToken } from 'better-auth/api'
import type { Platform } from '../../platform/context.ts'
import { randomToken } from '../../platform/crypto.ts'
import { renderMail } from '../../platform/mail-layout.ts'
import { lifetimes } from './rules.ts'
import { wordsOf } from './security-words.ts'
import { selectSecurityEvent } from './session-store.ts'
import { authPath, openNext, signIn } from './sign-in.ts'
import { selectPerson } from './store.ts'

const footer = 'You get this mail because this address was given for an account at Avow.'
const notYou = 'If it was not you, ignore this mail: nothing happens without the link.'

type WithNext = { personId: string; next: string | null }

/** The link that proves an address. Made here and now: a link must not lie in a job's payload. */
export async function sendConfirmationMail(platform: Platform, { personId, next }: WithNext) {
  const person = await personOf(platform, personId)
  if (!person || person.emailVerified) return
  const { secret } = await signIn(platform).$context
  const token = await createEmailVerificationToken(
    secret,
    person.email,
    undefined,
    lifetimes.confirmationHours * 3600,
    { userId: person.id },
  )
  const url = new URL(`${platform.config.url}${authPath}/verify-email`)
  url.searchParams.set('token', token)
  url.searchParams.set('callbackURL', openNext(platform, personId, next))
  await send(platform, person.email, `confirm:${token}`, 'Confirm your e-mail address', {
    title: `Welcome, ${person.name}`,
    paragraphs: ['One step is left: show that this address is yours.'],
    action: { label: 'Confirm my address', url: url.href },
    note: `The link works for ${lifetimes.confirmationHours} hours. ${notYou}`,
  })
}

/** Somebody gave an address at sign-up that has an account: its owner is told, the other is not. */
export async function sendExistingAccountMail(platform: Platform, payload: { personId: string }) {
  const person = await personOf(platform, payload.personId)
  if (!person) return
  const { url } = platform.config
  const key = `existing:${person.id}:${platform.clock.now().getTime()}`
  await send(platform, person.email, key, 'You have an account already', {
    title: 'You have an account already',
    paragraphs: [
      'Somebody, probably you, tried to create an account with this address. It has one already, so nothing was changed.',
      `If you forgot the password, choose a new one at ${url}/forgot.`,
    ],
    action: { label: 'Sign in', url: `${url}/sign-in` },
    note: 'If it was not you, there is nothing that you need to do.',
  })
}

/** A link to choose a new password, once. */
export async function sendPasswordResetMail(platform: Platform, { personId, next }: WithNext) {
  const person = await personOf(platform, personId)
  if (!person) return
  const { internalAdapter } = await signIn(platform).$context
  const token = randomToken()
  await internalAdapter.createVerificationValue({
    identifier: `reset-password:${token}`,
    value: person.id,
    // The library's clock is the machine's; its adapter moves it to ours.
    expiresAt: new Date(Date.now() + lifetimes.passwordResetHours * 3_600_000),
  })
  const url = new URL(`${platform.config.url}${authPath}/reset-password/${token}`)
  url.searchParams.set('callbackURL', next ? openNext(platform, personId, next) : '/reset')
  await send(platform, person.email, `reset:${token}`, 'Choose a new password', {
    title: 'Choose a new password',
    paragraphs: ['Somebody, probably you, asked for a new password for this account.'],
    action: { label: 'Choose a new password', url: url.href },
    note: `The link works once, for ${lifetimes.passwordResetHours} hour. ${notYou}`,
  })
}

/** Tells of something that may be somebody else's doing. */
export async function sendSecurityMail(platform: Platform, { eventId }: { eventId: string }) {
  const found = await platform.database.global((tx) => selectSecurityEvent(tx, eventId))
  if (!found) return
  const { event, email } = found
  const words = wordsOf(event.kind)
  await send(platform, email, `security:${eventId}`, `Your account: ${words}`, {
    title: words,
    paragraphs: ['This just happened to your account at Avow.'],
    facts: [
      ['Time', `${event.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`],
      ['Address', event.ip ?? 'unknown'],
      ['Browser', event.userAgent ?? 'unknown'],
    ],
    action: { label: 'Choose a new password', url: `${platform.config.url}/forgot` },
    note: 'If it was you, all is well. If not, choose a new password now: that ends every sign-in.',
  })
}

function personOf({ database }: Platform, personId: string) {
  return database.global((tx) => selectPerson(tx, personId))
}

async function send(
  { mail }: Platform,
  to: string,
  idempotencyKey: string,
  subject: string,
  content: Omit<Parameters<typeof renderMail>[0], 'footer'>,
): Promise<void> {
  const { text, html } = renderMail({ ...content, footer })
  await mail.send({ to, subject, text, html, kind: 'transactional', idempotencyKey })
}
