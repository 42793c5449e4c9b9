import { Readable } from 'node:stream'
import { picture, TestWorld, video } from '../../../../../sandbox/test-kit.ts'
import { createClock } from '../../../../platform/clock.ts'
import { createEgress, type LedgerEntry } from '../../../../platform/egress.ts'
import { createLog } from '../../../../platform/log.ts'
import {
  type Ask,
  NetworkError,
  type OAuthApp,
  type Outgoing,
  type OutgoingFile,
  type OutgoingMedia,
  type Session,
} from '../../adapter.ts'
import { pinterest } from './index.ts'

export const app: OAuthApp = {
  clientId: 'sandbox-pinterest-app',
  clientSecret: 'sandbox-pinterest-secret',
  redirectUri: 'http://localhost:4000/oauth/pinterest/callback',
}

/** The real egress, with a sandbox at that address or nothing at all. */
export function outTo(sandboxUrl: string) {
  const ledger: LedgerEntry[] = []
  const egress = createEgress({
    allow: (host, processor) => processor === 'pinterest' && pinterest.hosts.includes(host),
    sandboxUrl,
    privateHosts: [],
    record: (entry) => void ledger.push({ ...entry }),
    clock: createClock(),
    log: createLog({ level: 'silent' }),
  })
  /** Real timeouts are for networks that are far away. */
  const limits = { timeoutMs: 10_000 }
  const ask: Ask = (request) =>
    egress.request({
      ...request,
      processor: 'pinterest',
      timeoutMs: Math.min(request.timeoutMs ?? 30_000, limits.timeoutMs),
    })
  return { egress, ledger, limits, ask }
}

/** The sandbox, and the real egress in front of it. */
export async function startPinterest() {
  const world = await TestWorld.start()
  const { egress, ledger, limits, ask } = outTo(world.url)
  const now = () => new Date(world.sandbox.world.clock.now())
  return {
    world,
    ledger,
    limits,
    ask,
    now,
    async session(account?: string, scopes?: string[]): Promise<Session> {
      return { ask, accessToken: await world.grant(account, scopes), now: now() }
    },
    /** Makes the next call of this operation go wrong. */
    fault: (operation: string, kind: string, more: object = {}) =>
      world.control('POST', '/faults', { vendor: 'pinterest', operation, kind, ...more }),
    /** Pins that the sandbox really made, as it tells itself. */
    made: () => world.history('pin.created'),
    async close() {
      await egress.close()
      await world.close()
    },
  }
}

export function file(bytes: Buffer, contentType = 'image/jpeg'): OutgoingFile {
  return {
    contentType,
    bytes: bytes.length,
    read: async () => bytes,
    open: async () => Readable.from([bytes.subarray(0, 100), bytes.subarray(100)]),
  }
}

export async function image(altText = '', type: 'jpeg' | 'png' = 'jpeg'): Promise<OutgoingMedia> {
  const bytes = Buffer.from(await picture(type), 'base64')
  return { kind: 'image', file: file(bytes, `image/${type}`), altText }
}

export async function clip(seconds = 6, withCover = true): Promise<OutgoingMedia> {
  const cover = withCover ? file(Buffer.from(await picture(), 'base64')) : null
  const content = file(await video(seconds), 'video/mp4')
  return { kind: 'video', file: content, altText: 'A clip', durationMs: seconds * 1000, cover }
}

export async function outgoing(boardId: string, change: Partial<Outgoing> = {}): Promise<Outgoing> {
  return {
    title: 'Rye bread',
    body: 'Baked at night, sold in the morning.',
    link: 'https://bakery.example/rye',
    media: [await image('A loaf')],
    destination: { id: boardId, childId: null },
    ...change,
  }
}

/** What a call throws. Fails the test when it throws nothing, or something else. */
export async function networkError(call: Promise<unknown>): Promise<NetworkError> {
  const outcome = await call.then(
    () => new Error('It threw nothing'),
    (error: unknown) => error,
  )
  if (outcome instanceof NetworkError) return outcome
  throw outcome
}
