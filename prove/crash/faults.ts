import type { FaultInput } from '../../sandbox/faults.ts'
import type { Stage } from '../stage/stage.ts'

const submit = 'POST /pins'
const vendor = 'pinterest'

/**
 * Every way in which a network goes wrong, by share of the calls. Those that leave the outcome
 * unknown *and* nothing made are rarer: twice in a row for one target they lead to `needs_review`,
 * as they must on a network without a handle.
 */
const mixed: FaultInput[] = [
  // Made, but the answer does not arrive.
  { operation: submit, kind: 'drop-reply', probability: 0.04 },
  { operation: submit, kind: 'accept-then-error', status: 500, body: 'html', probability: 0.03 },
  { operation: submit, kind: 'accept-then-error', status: 503, probability: 0.03 },
  { operation: submit, kind: 'accept-then-truncate', probability: 0.03 },
  { operation: submit, kind: 'accept-then-hang', probability: 0.03 },
  // Not made, and it cannot be known.
  { operation: submit, kind: 'drop-before', probability: 0.01 },
  { operation: submit, kind: 'hang-before', probability: 0.01 },
  { operation: submit, kind: 'refuse', status: 500, body: 'empty', probability: 0.01 },
  { operation: submit, kind: 'refuse', status: 503, body: 'truncated', probability: 0.01 },
  // Surely not made.
  { operation: submit, kind: 'refuse', status: 400, code: 1, probability: 0.01 },
  { operation: submit, kind: 'rate-limit', retryAfter: 1, reset: 1, probability: 0.02 },
  { operation: submit, kind: 'token-expired', probability: 0.02 },
  { operation: submit, kind: 'slow', ms: 300, probability: 0.05 },
  // The looks that are to settle it fail, too.
  { operation: 'GET *', kind: 'refuse', status: 503, probability: 0.03 },
  { operation: 'GET *', kind: 'drop-reply', probability: 0.03 },
  { operation: 'GET *', kind: 'accept-then-truncate', probability: 0.03 },
  { operation: 'GET *', kind: 'token-expired', probability: 0.02 },
  { operation: 'GET *', kind: 'slow', ms: 200, probability: 0.05 },
  // Preparing a video.
  { operation: 'POST /media', kind: 'refuse', status: 500, probability: 0.03 },
  { operation: 'POST /media', kind: 'drop-reply', probability: 0.05 },
  { operation: 'POST /media', kind: 'media-fail', probability: 0.03 },
  { operation: 'POST /s3-upload', kind: 's3-403', probability: 0.05 },
  { operation: 'POST /s3-upload', kind: 'drop-before', probability: 0.05 },
  // Tokens cannot be had at the moment.
  { operation: 'POST /oauth/token', kind: 'refuse', status: 503, probability: 0.1 },
  { operation: 'POST /oauth/token', kind: 'drop-before', probability: 0.1 },
]

/** A limit that names no time is waited out for a minute, which the quick proof does not have. */
const longWaits: FaultInput[] = [{ operation: submit, kind: 'rate-limit', times: 3 }]

/** Lets the network go wrong from now on. */
export async function addFaults(stage: Stage, quick: boolean): Promise<void> {
  for (const fault of quick ? mixed : [...longWaits, ...mixed]) {
    await stage.sandbox('POST', '/faults', { vendor, ...fault })
  }
}

/** Makes the limits of the app too high to be met: the faults say when a limit is reached. */
export async function raiseLimits(stage: Stage): Promise<void> {
  const limits = { org_read: 1_000_000, org_write: 1_000_000 }
  const app = { tier: 'standard', perSecond: 100_000, limits, usedRefreshToken: 'accepted' }
  await stage.sandbox('PATCH', '/pinterest/apps/sandbox-pinterest-app', app)
  await stage.sandbox('PATCH', '/pinterest', { processingMs: 300 })
  await stage.sandbox('PATCH', '/resend', { perSecond: 100_000 })
}
