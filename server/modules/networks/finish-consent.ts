import { z } from 'zod'
import type { Identity } from '../../platform/api.ts'
import { type Platform, type Scope, scopeOf } from '../../platform/context.ts'
import { hashToken } from '../../platform/crypto.ts'
import { type Account, type Adapter, type Grant, NetworkError } from './adapter.ts'
import { askFor } from './ask-for.ts'
import { type ConsentRow, takeConsent } from './consent-store.ts'
import { keepConnection } from './keep-connection.ts'
import { adapterOf, isSetUp, oauthApp } from './registry.ts'
import { missingScopes } from './rules.ts'

/** Why nothing was connected, as `connect_error` in the address of our page. */
export type ConnectError = 'declined' | 'partial' | 'failed' | 'state' | 'expired' | 'other_account'
/** How it ended, and the page of ours to go back to. */
export type Finished = { returnTo: string } & (
  | { connected: string }
  | { error: ConnectError; missing?: string[] }
)

/** The workspace that a state names, if it has the shape of one of ours. */
export function workspaceOfState(state: string | null): string | null {
  const named = z.uuid().safeParse(state?.split('.', 1)[0])
  return named.success ? named.data : null
}

/**
 * Ends what `startConsent` began, as the network sends the person back. The state is used up first,
 * whatever comes after. `identity` is who the browser's cookie says it is, in the state's workspace.
 */
export async function finishConsent(
  platform: Platform,
  identity: Identity | null,
  network: string,
  query: URLSearchParams,
): Promise<Finished> {
  const state = query.get('state')
  const workspaceId = workspaceOfState(state)
  if (state === null || workspaceId === null || identity?.actor.kind !== 'person') {
    return { returnTo: '/', error: 'state' }
  }
  const scope = scopeOf(platform, workspaceId)
  const consent = await scope.tx((tx) => takeConsent(tx, workspaceId, hashToken(state)))
  const isTheirs =
    consent?.network === network &&
    consent.sessionId === identity.actor.sessionId &&
    consent.userId === identity.personId &&
    identity.workspaceId === workspaceId &&
    identity.permissions.has('connections.manage')
  if (!isTheirs) {
    const isMember = identity.workspaceId === workspaceId
    return { returnTo: isMember ? `/w/${workspaceId}/connections` : '/', error: 'state' }
  }
  const { returnTo } = consent
  if (consent.isOver || !isSetUp(platform.config, network)) return { returnTo, error: 'expired' }
  const answer = adapterOf(network).readCallback(query)
  if (answer.kind !== 'code') return { returnTo, error: answer.kind }
  return { returnTo, ...(await connect(scope, consent, answer.code)) }
}

async function connect(scope: Scope, consent: ConsentRow, code: string) {
  const adapter = adapterOf(consent.network)
  const issuedAt = scope.clock.now()
  try {
    const grant = await exchange(scope, adapter, code, issuedAt)
    const missing = missingScopes(adapter, grant.scopes)
    // Without them nothing could be published: what was given is thrown away.
    if (missing.length > 0) return { error: 'partial' as const, missing }
    const account = await accountOf(scope, adapter, grant)
    return await keepConnection(scope, consent, { accountId: account.id, grant, issuedAt })
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    scope.log.warn(
      { network: consent.network, kind: error.kind, detail: error.detail },
      'an account could not be connected',
    )
    return { error: 'failed' as const }
  }
}

function exchange(scope: Scope, adapter: Adapter, code: string, now: Date): Promise<Grant> {
  const app = oauthApp(scope.config, adapter.manifest.network)
  return adapter.exchangeCode(askFor(scope, adapter), app, code, now)
}

function accountOf(scope: Scope, adapter: Adapter, { accessToken }: Grant): Promise<Account> {
  return adapter.account({ ask: askFor(scope, adapter), accessToken, now: scope.clock.now() })
}
