import { siteUrl } from './hosts.ts'

// pinterest.com, nl.pinterest.com, pinterest.de, pinterest.co.uk, pinterest.com.au
const pinterestHost = /^(?:[a-z]{2,3}\.)?pinterest\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})$/

export const externalUrl = (externalId: string): string => `${siteUrl}/pin/${externalId}/`

/** The id in the address of a Pin, as people copy it; null for anything else. Nothing is asked. */
export function externalIdOf(url: string): string | null {
  const address = url.trim()
  if (!URL.canParse(address)) return null
  const { protocol, hostname, pathname } = new URL(address)
  if (protocol !== 'https:' && protocol !== 'http:') return null
  if (!pinterestHost.test(hostname)) return null
  // Search engines are given /pin/some-words--123/.
  return /^\/pin\/(?:[^/]*--)?(\d{1,30})(?:\/|$)/.exec(pathname)?.[1] ?? null
}
