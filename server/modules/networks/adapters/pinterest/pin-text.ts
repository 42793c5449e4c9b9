import type { Outgoing } from '../../adapter.ts'
import { manifest } from './manifest.ts'

/** A Pin has one alternative text: those of all its images, if they fit. */
export function pinAltText({ media }: Pick<Outgoing, 'media'>): string {
  const texts = [...new Set(media.map((one) => one.altText.trim()).filter(Boolean))]
  const whole = texts.join('\n')
  return whole.length <= (manifest.text.altText?.max ?? 0) ? whole : (texts[0] ?? '')
}

/** As two texts are compared: whitespace and the ways to write one letter do not count. */
export const sameText = (text: string | null | undefined): string =>
  (text ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim()

/** As two links are compared. [unconfirmed] Whether Pinterest rewrites links that it stores. */
export function sameLink(link: string | null | undefined): string {
  const text = (link ?? '').trim()
  if (!URL.canParse(text)) return text
  const { hostname, port, pathname, search } = new URL(text)
  const host = hostname.replace(/^www\./, '') + (port ? `:${port}` : '')
  return `${host}${pathname.replace(/\/+$/, '')}${search}`
}
