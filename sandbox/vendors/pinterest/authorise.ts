import type { Call } from '../../vendor.ts'
import { authenticationFailed, Refusal } from './refusal.ts'
import type { Account, App, Grant, Token } from './types.ts'

export type Caller = { app: App; account: Account; grant: Grant; token: Token }

/** Who calls, by the bearer token; undefined when it does not open an account (any more). */
function callerOf(call: Call): Caller | undefined {
  const [, value] = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '') ?? []
  const { pinterest, clock } = call.world
  const token = value === undefined ? undefined : pinterest.tokens.get(value)
  if (token?.kind !== 'access' || token.expiresAt <= clock.now()) return undefined
  const grant = pinterest.grants.get(token.grantId)
  if (!grant || grant.revokedAt !== null) return undefined
  const app = pinterest.apps.get(grant.clientId)
  const account = pinterest.accounts.get(grant.accountId)
  return app && account ? { app, account, grant, token } : undefined
}

/** The grant behind a bearer token, even an expired or revoked one: faults aim at accounts by it. */
export function grantOf(call: Call): Grant | undefined {
  const [, value] = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '') ?? []
  const token = value === undefined ? undefined : call.world.pinterest.tokens.get(value)
  return token && call.world.pinterest.grants.get(token.grantId)
}

export function requireCaller(call: Call): Caller {
  const caller = callerOf(call)
  if (!caller) throw authenticationFailed()
  return caller
}

/** Every scope that the operation's `security` names must have been granted. */
export function requireScopes(caller: Caller, scopes: readonly string[]): void {
  const missing = scopes.filter(
    (scope) => !caller.token.scopes.includes(scope) || !caller.grant.scopes.includes(scope),
  )
  if (missing.length === 0) return
  const names = missing.map((scope) => `'${scope}'`).join(', ')
  throw new Refusal(
    403,
    3,
    `You are not permitted to access that resource. Missing scopes: [${names}]`,
  )
}

/** The app that Basic credentials prove, or undefined. */
export function appOf(call: Call): App | undefined {
  const [, encoded] = /^Basic (\S+)$/.exec(call.headers.authorization ?? '') ?? []
  if (encoded === undefined) return undefined
  const decoded = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  const app = call.world.pinterest.apps.get(decoded.slice(0, colon))
  return colon > 0 && app?.clientSecret === decoded.slice(colon + 1) ? app : undefined
}
