/** Links that people put into content: shown and sent on, never asked by us. */

/** What browsers and networks take without trouble. */
export const longestLink = 2048

// Invisible or order-changing characters make a link look like another one.
const deceiving = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

export type LinkVerdict = { ok: true; href: string } | { ok: false; why: string; fix: string }

/** Whether a text may be a link in content: http or https, one host, nothing hidden. Pure. */
export function checkLink(text: string): LinkVerdict {
  const no = (why: string, fix: string): LinkVerdict => ({ ok: false, why, fix })
  if (text.length > longestLink) {
    return no(`The link has ${text.length} characters.`, `Use one of at most ${longestLink}.`)
  }
  if (deceiving.test(text)) {
    return no('The link has invisible characters.', 'Type the link again instead of pasting it.')
  }
  if (/[\s\\]/.test(text)) {
    return no('The link has spaces or backslashes.', 'Write a space as %20 and \\ as /.')
  }
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0].toLowerCase()
  if (scheme !== 'http:' && scheme !== 'https:') {
    return no('The link is not a web address.', 'Start it with https:// or http://.')
  }
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) {
    return no('The link is not complete.', 'Write it like https://example.com/page.')
  }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') {
    return no('The link carries a user name or password.', 'Remove the part before the @.')
  }
  if (!url.hostname.includes('.') && !url.hostname.startsWith('[')) {
    return no('The link names no public site.', 'Use a full host such as www.example.com.')
  }
  return { ok: true, href: url.href }
}
