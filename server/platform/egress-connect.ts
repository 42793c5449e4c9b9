/** Connecting with the address checked first and then pinned: what was judged is what is reached. */
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { isPublicAddress, literalAddress } from './egress-address.ts'
import { EgressRefused } from './egress-errors.ts'

export type Address = { address: string; family: 4 | 6 }

/** All A and AAAA of a name. @throws when there is none. */
export type Resolve = (hostname: string) => Promise<Address[]>

/** The system's resolver. */
export async function systemResolve(hostname: string): Promise<Address[]> {
  const found = await lookup(hostname, { all: true, order: 'verbatim' })
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

export type GuardOptions = {
  resolve: Resolve
  privateOrigins: ReadonlySet<string>
  connectTimeoutMs: number
  /** PEM of further trust anchors. */
  ca?: string | undefined
}

/**
 * A connector for undici. Resolves once; every address must be public unicast (or the origin be
 * named by the operator); connects to one of exactly these. Host and SNI stay the name.
 */
export function guardedConnector(options: GuardOptions): buildConnector.connector {
  return (target, callback) => {
    allowedAddresses(target, options).then(
      (addresses) => {
        const connect = buildConnector({
          timeout: options.connectTimeoutMs,
          lookup: pinned(addresses),
          autoSelectFamily: true,
          maxCachedSessions: 0,
          ...(options.ca === undefined ? {} : { ca: options.ca }),
        })
        connect(target, callback)
      },
      (error: Error) => callback(error, null),
    )
  }
}

async function allowedAddresses(
  target: buildConnector.Options,
  { resolve, privateOrigins }: GuardOptions,
): Promise<Address[]> {
  const literal = literalAddress(target.hostname)
  const addresses: Address[] = literal
    ? [{ address: literal, family: literal.includes(':') ? 6 : 4 }]
    : await resolve(target.hostname)
  const host = target.hostname
  if (addresses.length === 0) {
    throw Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' })
  }
  const { origin } = new URL(`${target.protocol}//${target.host ?? host}`)
  if (privateOrigins.has(origin)) return addresses
  // One inside address among public ones is how rebinding begins: all or nothing.
  if (addresses.every(({ address }) => isPublicAddress(address))) return addresses
  throw new EgressRefused(`Refused to ask ${host}: it is not a public address.`, {
    host,
    sent: false,
  })
}

// The socket asks this instead of DNS, so that nobody can answer differently a second time.
function pinned(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    if (options.all) return callback(null, [...addresses])
    const [first] = addresses
    callback(null, first?.address ?? '', first?.family)
  }
}
