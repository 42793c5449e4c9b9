/** Which URLs may be asked at all. Addresses behind names are judged later, at connecting. */
import { isPublicAddress, literalAddress } from './egress-address.ts'
import { EgressRefused } from './egress-errors.ts'

/** For URLs that people of a workspace gave: any public host, guarded against inside addresses. */
export const workspaceUrl = 'workspace-url'

export type Judge = {
  purpose: string
  processor: string
  /** Whether this exact host belongs to this processor in the register. */
  allow: (host: string, processor: string) => boolean
  /** Origins inside our own network that the operator named. */
  privateOrigins: ReadonlySet<string>
}

// Names that only mean something inside a machine or a network.
const insideNames =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|corp|home|home\.arpa|onion)$/
const longestUrl = 16_384

/** The URL, parsed, if the rules let it out. @throws EgressRefused (sent: false) with the reason. */
export function judgeUrl(given: string | URL, judge: Judge): URL {
  const text = String(given)
  const refuse = (reason: string, host = 'unknown host') => {
    return new EgressRefused(`Refused to ask ${host}: ${reason}.`, { host, sent: false })
  }
  // The parser silently drops or rewrites these; two readers of one URL could then disagree.
  if (/[\p{Cc}\s\\]/u.test(text)) throw refuse('the URL has spaces, controls or backslashes')
  if (text.length > longestUrl) throw refuse('the URL is too long')
  if (!URL.canParse(text)) throw refuse('it is not a URL')
  const url = new URL(text)
  const host = url.hostname
  if (url.username || url.password) throw refuse('the URL carries a user or password', host)
  const named = judge.privateOrigins.has(url.origin)
  if (!named && url.protocol !== 'https:') throw refuse('only https goes out', host)
  if (!named && url.port !== '') throw refuse('only port 443 goes out', host)
  if (host === '' || host.endsWith('.')) throw refuse('the host is not written as usual', host)
  if (judge.purpose !== workspaceUrl) {
    if (judge.allow(host, judge.processor)) return url
    throw refuse(`not a host of the processor ${judge.processor}`, host)
  }
  if (named) return url
  const literal = literalAddress(host)
  if (literal !== undefined) {
    if (isPublicAddress(literal)) return url
    throw refuse('it is not a public address', host)
  }
  if (!host.includes('.') || insideNames.test(host)) {
    throw refuse('it is a name for inside a network', host)
  }
  return url
}
