/** For the tests of egress: a world on loopback, reached under names that resolve as the test says. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { createClock } from './clock.ts'
import { createEgress, type EgressOptions, type LedgerEntry } from './egress.ts'
import { createLog } from './log.ts'

/** An egress that allows the given hosts to the processor `vendor`, and the ledger that it writes. */
export function egressInto(options: Partial<EgressOptions> & { hosts?: string[] } = {}) {
  const entries: LedgerEntry[] = []
  const lines: string[] = []
  const { hosts = [], ...rest } = options
  const egress = createEgress({
    allow: (host, processor) => processor === 'vendor' && hosts.includes(host),
    privateHosts: [],
    record: (entry) => void entries.push({ ...entry }),
    clock: createClock(),
    log: createLog({ level: 'trace', pretty: false, sink: { write: (line) => lines.push(line) } }),
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    ...rest,
  })
  onTestFinished(() => egress.close())
  return { egress, entries, lines }
}

/** An HTTP server on a free port, gone after the test. Gives the port. */
export async function httpServer(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A TCP server that does with each connection what the test says. */
export async function rawServer(
  onSocket: (socket: Socket, index: number) => void,
): Promise<number> {
  const sockets = new Set<Socket>()
  let index = 0
  const server = createRawServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onSocket(socket, index++)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createRawServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
