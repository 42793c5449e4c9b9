import { EgressError, EgressRefused, EgressTimeout, EgressTooLarge } from './egress-errors.ts'

/** What is written down of each outgoing request: who, why, where to, how it ended. Never contents. */
export type LedgerEntry = {
  at: Date
  /** Undefined for what the installation does for itself. */
  workspaceId: string | undefined
  purpose: string
  /** The registered recipient; `workspace` for addresses that a workspace gave. */
  processor: string
  method: string
  /** The real host, also when the sandbox stood in for it. */
  host: string
  /** 0 for the first request, then one more per redirect followed. */
  hop: number
  status: number | undefined
  outcome: 'answered' | 'refused' | 'timeout' | 'failed' | 'too_large'
  /** Whether the other side may have seen it. */
  sent: boolean
  sandbox: boolean
  durationMs: number
  receivedBytes: number
}

/** The entry of a request that is about to be made. */
export function openEntry(
  request: { workspaceId?: string | undefined; purpose: string; processor: string },
  hop: { url: URL | string; method: string; index: number },
  at: Date,
): LedgerEntry {
  const { workspaceId, purpose, processor } = request
  return {
    at,
    workspaceId,
    purpose,
    processor,
    method: hop.method,
    host: URL.canParse(String(hop.url)) ? new URL(hop.url).hostname : 'unknown host',
    hop: hop.index,
    status: undefined,
    outcome: 'answered',
    sent: true,
    sandbox: false,
    durationMs: 0,
    receivedBytes: 0,
  }
}

/** Writes into the entry how it ended; `error` is null or undefined when it was answered. */
export function settleEntry(
  entry: LedgerEntry,
  error: unknown,
  { receivedBytes, ms }: { receivedBytes: number; ms: number },
): LedgerEntry {
  entry.receivedBytes = receivedBytes
  entry.durationMs = Math.round(ms)
  // A reader that leaves before the end has had its answer.
  if (error == null || (error instanceof Error && error.name === 'AbortError')) return entry
  entry.outcome = outcomeOf(error)
  entry.sent = error instanceof EgressError && error.sent
  if (error instanceof EgressError) entry.status ??= error.status
  return entry
}

function outcomeOf(error: unknown): LedgerEntry['outcome'] {
  if (error instanceof EgressRefused) return 'refused'
  if (error instanceof EgressTimeout) return 'timeout'
  if (error instanceof EgressTooLarge) return 'too_large'
  return 'failed'
}
