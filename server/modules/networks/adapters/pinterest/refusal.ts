import { redactText } from '../../../../platform/log.ts'
import { NetworkError, type NetworkErrorKind } from '../../adapter.ts'

/** How far a call goes: a lost answer of an `irreversible` one must never lead to a second call. */
export type Effect = 'none' | 'reversible' | 'irreversible'

export type Refused = {
  /** `POST /pins` */
  operation: string
  effect: Effect
  status: number
  headers: Record<string, string>
  body: string
  now: Date
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
// When a 429 names no time. The shortest window of the published limits is a minute.
const usualPauseMs = 60_000

/**
 * An answer that is no success, as one of ours. The `code` in the body decides, not the status
 * alone: a 401 is about the token only with code 2.
 * Sources: responses and examples of the official description v5, 5.23.0; the official samples
 * (github.com/pinterest/api-quickstart); marked ones by integrators.
 */
export function toNetworkError(refused: Refused): NetworkError {
  const { code, message } = readError(refused.body)
  const detail = detailOf(refused, code, message)
  const fail = (
    kind: NetworkErrorKind,
    words: string,
    more: { until?: Date; tokenRefused?: boolean } = {},
  ) => new NetworkError(kind, { words, detail, ...more })
  const { status, effect } = refused

  if (status >= 500 || status === 408 || status < 400) {
    return effect === 'irreversible'
      ? fail(
          'unknown_outcome',
          `Pinterest answered ${status}, which does not tell whether the Pin was made.`,
        )
      : fail('retryable', `Pinterest is out of order at the moment (${status}).`)
  }
  if (status === 429) return tooMuch(refused, message, fail)
  switch (code) {
    case 2:
      return fail('reauthorise', 'Pinterest no longer accepts the sign-in of this account.', {
        tokenRefused: true,
      })
    case 3:
      return fail(
        'reauthorise',
        'Pinterest says that a permission is missing. Sign in again and allow all of them.',
      )
    case 7:
      return fail(
        'rejected',
        'This account may not use that board. Choose another board, or ask its owner.',
      )
    case 29:
      // [unconfirmed] Apps with trial access: by integrators, with this wording.
      return /trial access/i.test(message)
        ? fail(
            'rejected',
            'The Pinterest app of this installation has trial access, which makes no public Pins. Its operator must ask Pinterest for standard access.',
          )
        : fail('rejected', said('Pinterest does not permit this', message))
    case 50:
      return fail('rejected', 'The Pin no longer exists on Pinterest.')
    case 283:
      // [unconfirmed] By integrators, for an authorisation code that is used, expired or foreign.
      return fail('rejected', 'Pinterest says that this sign-in was used before, or took too long.')
  }
  if (status === 401) {
    // An answer that is not Pinterest's own, such as a proxy's. Nothing was done.
    return fail('retryable', said('Pinterest did not let us in', message))
  }
  if (status === 404) return fail('rejected', notFound(message))
  if (status === 400 && /not ready|still processing|being processed/i.test(message)) {
    // [unconfirmed] How Pinterest words it when a video is used before it was processed.
    return fail('retryable', 'Pinterest is still processing the video.')
  }
  return fail('rejected', said('Pinterest does not take this', message))
}

type Fail = (kind: NetworkErrorKind, words: string, more?: { until?: Date }) => NetworkError

function tooMuch({ headers, now }: Refused, message: string, fail: Fail): NetworkError {
  if (/spam/i.test(message)) {
    // The official samples stop here rather than try again. [unconfirmed] How long it lasts.
    return fail(
      'quota',
      said('Pinterest took this account’s posting for spam. It is left alone for a day', message),
      {
        until: new Date(now.getTime() + dayMs),
      },
    )
  }
  const waitMs = Math.min(pauseMs(headers, now), dayMs)
  return fail(
    'quota',
    'Pinterest’s limit for this account is reached. It goes on when Pinterest allows it.',
    {
      until: new Date(now.getTime() + waitMs),
    },
  )
}

/**
 * What the answer asks us to wait, ms. `x-ratelimit-reset` is documented without its unit
 * [unconfirmed]: small numbers are taken as seconds from now, large ones as seconds since 1970.
 * With several windows in one header, the longest counts.
 */
function pauseMs(headers: Record<string, string>, now: Date): number {
  const numbers = `${headers['x-ratelimit-reset'] ?? ''},${headers['retry-after'] ?? ''}`
    .split(',')
    .map((part) => Number.parseFloat(part))
    .filter((number) => Number.isFinite(number) && number >= 0)
    .map((number) => (number > 1e9 ? number * 1000 - now.getTime() : number * 1000))
  const longest = Math.max(...numbers, 0)
  return longest > 0 ? Math.max(longest, 1000) : usualPauseMs
}

function readError(body: string): { code: number | null; message: string } {
  try {
    const read = JSON.parse(body) as { code?: unknown; message?: unknown } | null
    const code = typeof read?.code === 'number' ? read.code : null
    return { code, message: clean(typeof read?.message === 'string' ? read.message : '') }
  } catch {
    return { code: null, message: '' }
  }
}

function notFound(message: string): string {
  if (/section/i.test(message))
    return 'The section no longer exists on Pinterest. Choose another one.'
  if (/board/i.test(message)) return 'The board no longer exists on Pinterest. Choose another one.'
  return said('Pinterest cannot find this', message)
}

/** `POST /pins -> 403, code 29, request 123: “...”`, with nothing secret in it. */
function detailOf(
  { operation, status, headers }: Refused,
  code: number | null,
  message: string,
): string {
  const request = headers['x-pinterest-rid'] ?? headers['x-amz-request-id']
  const parts = [`${operation} -> ${status}`, code === null ? 'no code' : `code ${code}`]
  if (request) parts.push(`request ${clean(request)}`)
  return message ? `${parts.join(', ')}: “${message}”` : parts.join(', ')
}

const said = (lead: string, message: string) => (message ? `${lead}: “${message}”` : `${lead}.`)

const longestMessage = 300

/** What a vendor said, safe to show and to keep. */
export function clean(text: string): string {
  const plain = redactText(text)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return plain.length > longestMessage ? `${plain.slice(0, longestMessage)}…` : plain
}
