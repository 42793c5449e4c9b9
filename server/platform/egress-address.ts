/** Which addresses are out on the public internet, and so may be reached for a person's URL. */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

// IANA special-purpose registries (RFC 6890 and later entries), and what clouds keep for themselves.
// Written out here rather than taken from a library: the library's list has had holes.
const forbidden4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier NAT; 100.100.100.200 is a metadata service
  '127.0.0.0/8',
  '168.63.129.16/32', // Azure's host
  '169.254.0.0/16', // link-local, metadata services
  '172.16.0.0/12',
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16',
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
].map((range) => ipaddr.IPv4.parseCIDR(range))

// Only 2000::/3 is global unicast. That leaves out ::/96, mapped v4, NAT64, ULA, link-local,
// site-local and multicast; what is special inside it follows.
const global6 = ipaddr.IPv6.parseCIDR('2000::/3')
const forbidden6 = [
  '2001::/23', // protocol assignments: Teredo, benchmarks, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
].map((range) => ipaddr.IPv6.parseCIDR(range))

/** Whether a textual IP address (no brackets) is public unicast. Anything else is not. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv4) return !forbidden4.some((range) => parsed.match(range))
  return parsed.match(global6) && !forbidden6.some((range) => parsed.match(range))
}

/**
 * The address that a URL's hostname spells, without brackets, or undefined for a name.
 * The URL parser has already turned `0x7f.1`, `2130706433` and the like into dotted form.
 */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return isIP(bare) === 0 ? undefined : bare
}
