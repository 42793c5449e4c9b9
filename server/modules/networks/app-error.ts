import { AppError } from '../../platform/errors.ts'
import { NetworkError } from './adapter.ts'

/** For what is asked live: what the network answered, as an error of the API. */
export async function live<T>(now: Date, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw error instanceof NetworkError ? toAppError(error, now) : error
  }
}

function toAppError(error: NetworkError, now: Date): AppError {
  const { words: message } = error
  const parts = { message, cause: error }
  switch (error.kind) {
    case 'rejected':
      return new AppError('unprocessable', parts)
    case 'reauthorise':
      return new AppError('unprocessable', {
        ...parts,
        fix: 'Sign in again on the connections page.',
        details: { needsSignIn: true },
      })
    case 'quota': {
      const waitMs = (error.until ?? now).getTime() - now.getTime()
      const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000))
      return new AppError('rate_limited', { ...parts, details: { retryAfterSeconds } })
    }
    case 'retryable':
    case 'unknown_outcome':
      return new AppError('bad_gateway', { ...parts, fix: 'Try again in a moment.' })
  }
}
