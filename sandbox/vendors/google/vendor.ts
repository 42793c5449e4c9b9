import { randomText } from '../../random.ts'
import { type Answer, type Call, type Failure, json, type Vendor } from '../../vendor.ts'
import { certs } from './certs.ts'
import { configuration } from './configuration.ts'
import { revoke } from './revoke.ts'
import { token } from './token.ts'
import { userinfo } from './userinfo.ts'

/** Google sign-in (OpenID Connect), without its pages. */
export const googleVendor: Vendor = {
  name: 'google',
  hosts: [
    'accounts.google.com',
    'oauth2.googleapis.com',
    'www.googleapis.com',
    'openidconnect.googleapis.com',
  ],
  routes: [configuration, certs, token, revoke, userinfo],
  newRequestId: () => randomText(22),
  accountOf,
  arrange,
  failure,
  answered: () => undefined,
}

function accountOf(call: Call): string[] {
  const value = call.headers.authorization?.split(' ')[1] ?? ''
  const person = call.world.google.people.get(call.world.google.tokens.get(value)?.sub ?? '')
  return person ? [person.sub, person.email] : []
}

function arrange(call: Call, rule: { kind: string }): void {
  if (rule.kind !== 'token-expired' && rule.kind !== 'token-revoked') return
  call.world.google.tokens.delete(call.headers.authorization?.split(' ')[1] ?? '')
}

function failure(_call: Call, { status, kind, message, retryAfter }: Failure): Answer {
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  const error =
    kind === 'unknown-path'
      ? 'not_found'
      : status === 429
        ? 'rate_limit_exceeded'
        : 'internal_failure'
  return json(status, { error, error_description: message ?? 'Backend error' }, headers)
}
