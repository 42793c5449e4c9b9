import { createAuthClient } from 'better-auth/client'
import { type AuthFault, type AuthRefusal, authWords } from './auth-words.ts'

/** Sign-up, sign-in, password and Google, against `/api/auth` of this server. */
export const auth = createAuthClient({ baseURL: `${location.origin}/api/auth` })

type Answer<Data> = { data: Data | null; error: AuthRefusal | null }

/** A refusal by the sign-in library, in words. */
export class AuthError extends Error {
  readonly fault: AuthFault
  readonly code: string | null

  constructor(refusal: AuthRefusal) {
    const fault = authWords(refusal)
    super(fault.message)
    this.fault = fault
    this.code = refusal.code ?? null
  }
}

/**
 * Runs one call of the sign-in library.
 * @param call takes options to hand on, from which the time to wait is read
 * @throws AuthError when it refuses or can't be reached
 */
export async function ask<Data>(
  call: (options: { onError: (context: { response?: Response }) => void }) => Promise<Answer<Data>>,
): Promise<Data> {
  let retryAfter: number | undefined
  const onError = ({ response }: { response?: Response }) => {
    const seconds = response?.headers.get('x-retry-after') ?? response?.headers.get('retry-after')
    if (seconds) retryAfter = Number(seconds) || undefined
  }
  const { data, error } = await call({ onError }).catch(
    (): Answer<Data> => ({
      data: null,
      error: { status: 0 },
    }),
  )
  if (error) throw new AuthError({ ...error, retryAfter })
  if (data === null) throw new AuthError({ status: 0 })
  return data
}
