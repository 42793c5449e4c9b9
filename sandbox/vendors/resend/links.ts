import type { Mail } from './mailbox.ts'

const HREF = /href\s*=\s*(?:"([^"]*)"|'([^']*)')/gi
const BARE = /https?:\/\/[^\s<>"')\]]+/g
const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&#x3D;': '=',
  '&#x2F;': '/',
  '&lt;': '<',
  '&gt;': '>',
}

/** Web addresses that a reader could follow, in the order they stand, each once. */
export function linksOf(mail: Mail): string[] {
  const found: string[] = []
  for (const [, double, single] of (mail.html ?? '').matchAll(HREF)) {
    found.push((double ?? single ?? '').replace(/&[#\w]+;/g, (name) => ENTITIES[name] ?? name))
  }
  for (const [address] of (mail.text ?? '').matchAll(BARE))
    found.push(address.replace(/[.,;]$/, ''))
  return [...new Set(found.filter((address) => /^https?:\/\//.test(address)))]
}
