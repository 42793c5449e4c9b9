import type { z } from 'zod'
import { type EgressAnswer, EgressError } from '../../../../platform/egress.ts'
import { type Ask, NetworkError, type Session } from '../../adapter.ts'
import { apiUrl } from './hosts.ts'
import { type Effect, toNetworkError } from './refusal.ts'

/** Whose credentials a call carries, and when it is made. */
export type Way = { ask: Ask; authorization: string; now: Date }

export const asPerson = ({ ask, accessToken, now }: Session): Way => ({
  ask,
  authorization: `Bearer ${accessToken}`,
  now,
})

export type ApiCall<Answer> = {
  method: 'GET' | 'POST'
  /** With its ids filled in. */
  path: string
  /** As the official description writes it, for what is told of the call: `GET /boards/{board_id}/pins`. */
  operation: string
  query?: Record<string, string | undefined>
  /** JSON text, or a form. */
  body?: string | Uint8Array | URLSearchParams
  answer: z.ZodType<Answer>
  effect: Effect
  timeoutMs?: number
}

/** One call of the API. `detail` tells it to an engineer. @throws NetworkError */
export async function call<Answer>(
  { ask, authorization, now }: Way,
  call: ApiCall<Answer>,
): Promise<{ answer: Answer; detail: string }> {
  const { operation, effect, body } = call
  const answered = await exchange(operation, effect, () =>
    ask({
      purpose: 'publish what you chose',
      method: call.method,
      url: withQuery(`${apiUrl}${call.path}`, call.query ?? {}),
      headers: {
        authorization,
        accept: 'application/json',
        ...(body === undefined || body instanceof URLSearchParams
          ? {}
          : { 'content-type': 'application/json' }),
      },
      body,
      timeoutMs: call.timeoutMs ?? 30_000,
      freshConnection: effect === 'irreversible',
    }),
  )
  if (answered.status < 200 || answered.status > 299) {
    const { status, headers } = answered
    throw toNetworkError({ operation, effect, status, headers, body: answered.text(), now })
  }
  const detail = `${operation} -> ${answered.status}, request ${answered.headers['x-pinterest-rid'] ?? 'unnamed'}`
  return { answer: read(answered, call, detail), detail }
}

/** Makes a request; what the network layer throws becomes one of ours. @throws NetworkError */
export async function exchange(
  operation: string,
  effect: Effect,
  make: () => Promise<EgressAnswer>,
): Promise<EgressAnswer> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof EgressError)) throw error
    const detail = `${operation} -> ${error.name}: ${error.message}`
    if (error.sent && effect === 'irreversible') {
      throw new NetworkError('unknown_outcome', {
        words:
          'The connection to Pinterest broke off before it answered, so it is not known whether the Pin was made.',
        detail,
        cause: error,
      })
    }
    const words = error.sent ? 'Pinterest did not answer.' : 'Pinterest could not be reached.'
    throw new NetworkError('retryable', { words, detail, cause: error })
  }
}

function read<Answer>(answered: EgressAnswer, call: ApiCall<Answer>, detail: string): Answer {
  const parsed = call.answer.safeParse(parseJson(answered.text()))
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ')
  throw new NetworkError(call.effect === 'irreversible' ? 'unknown_outcome' : 'retryable', {
    words: 'Pinterest’s answer could not be read.',
    detail: `${detail}: not as described at ${fields}`,
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function withQuery(url: string, query: Record<string, string | undefined>): string {
  const whole = new URL(url)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) whole.searchParams.set(name, value)
  }
  return whole.href
}

/** An id for a path: digits, as all of Pinterest's are. Anything else must not shape a URL. */
export function pathId(id: string, what: string): string {
  if (/^\d{1,30}$/.test(id)) return id
  throw new NetworkError('rejected', {
    words: `That is no ${what} of Pinterest. Choose one from the list.`,
    detail: `the id of the ${what} is not digits`,
  })
}
