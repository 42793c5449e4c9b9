/** Where the bytes for a real URL go: to the real host, guarded, or to the sandbox in its stead. */
import { Agent, type buildConnector, Client, type Dispatcher } from 'undici'

export type Route = {
  target: URL
  inSandbox: boolean
  shared: Dispatcher
  /** A dispatcher with a connection of its own; close it after use. */
  fresh(): Dispatcher
}

export type Routes = {
  routeOf(url: URL): Route
  /** `https://host/path` -> `<sandbox>/host/path` in the sandbox, unchanged outside. */
  browserUrl(url: URL): string
  /** The real URL of one that may lie in the sandbox. */
  realUrl(url: URL): URL
  /** Breaks off whatever is still under way. */
  destroy(): Promise<void>
}

export function createRoutes(options: {
  sandboxUrl: string | undefined
  privateOrigins: ReadonlySet<string>
  connect: buildConnector.connector
  connectionsPerHost: number
}): Routes {
  const { privateOrigins, connect, connectionsPerHost: connections } = options
  const sandboxUrl = options.sandboxUrl?.replace(/\/+$/, '')
  // Time limits are per exchange, for the whole; undici's would only blur which one struck.
  const limits = { headersTimeout: 0, bodyTimeout: 0, pipelining: 1, allowH2: false } as const
  const outside = new Agent({ ...limits, connections, connect })
  const sandbox = new Agent({ ...limits, connections })

  const single = new Set<Client>()

  const mapped = (url: URL) => `${sandboxUrl}/${url.host}${url.pathname}${url.search}${url.hash}`
  const isMapped = (url: URL) => sandboxUrl !== undefined && !privateOrigins.has(url.origin)

  return {
    routeOf(url) {
      const inSandbox = isMapped(url)
      const target = inSandbox ? new URL(mapped(url)) : url
      return {
        target,
        inSandbox,
        shared: inSandbox ? sandbox : outside,
        fresh() {
          const client = new Client(target.origin, inSandbox ? limits : { ...limits, connect })
          single.add(client)
          client.once('disconnect', () => single.delete(client))
          client.once('connectionError', () => single.delete(client))
          return client
        },
      }
    },
    browserUrl: (url) => (isMapped(url) ? mapped(url) : url.href),
    realUrl(url) {
      if (sandboxUrl === undefined || !url.href.startsWith(`${sandboxUrl}/`)) return url
      return new URL(`https://${url.href.slice(sandboxUrl.length + 1)}`)
    },
    async destroy() {
      await Promise.all([outside, sandbox, ...single].map((dispatcher) => dispatcher.destroy()))
    },
  }
}
