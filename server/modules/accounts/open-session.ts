import { createHmac } from 'node:crypto'
import type { ApiRequest } from '../../platform/api.ts'
import type { Platform } from '../../platform/context.ts'
import { deriveSecret, hashToken, randomToken } from '../../platform/crypto.ts'
import { lifetimes } from './rules.ts'
import { demandOurPages } from './same-origin.ts'
import { insertSession } from './session-store.ts'
import { sessionCookie } from './sign-in.ts'

/**
 * Signs a person in without a password, for the sample workspace: sets the same cookie on the answer
 * as the sign-in library does. Only for requests of our own pages.
 */
export async function openSession(
  platform: Platform,
  request: ApiRequest,
  personId: string,
): Promise<void> {
  const { config, database, keyRing } = platform
  demandOurPages(request, config.url)
  const token = randomToken()
  await database.global((tx) =>
    insertSession(tx, {
      personId,
      tokenHash: hashToken(token),
      ip: request.ip,
      userAgent: request.headers.get('user-agent')?.slice(0, 400) ?? null,
    }),
  )
  // As the library signs its cookies: `<token>.<HMAC-SHA-256 in base64>`, percent-encoded.
  const secret = deriveSecret(keyRing, 'sign-in').toString('base64url')
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  const parts = [
    `${sessionCookie(config.secure)}=${encodeURIComponent(`${token}.${signature}`)}`,
    `Max-Age=${lifetimes.signInDays * 86_400}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(config.secure ? ['Secure'] : []),
  ]
  request.answerHeader('set-cookie', parts.join('; '))
}
