import type { Caller } from '../../platform/context.ts'
import { hashToken, randomToken } from '../../platform/crypto.ts'
import { AppError } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { demandConnection } from './access.ts'
import { insertConsent } from './consent-store.ts'
import { adapterOf, oauthApp } from './registry.ts'

/**
 * Begins to connect an account, or to sign in again for a connection: the address of the network's
 * consent page. Its `state` names the workspace and is random; its hash is kept for ten minutes,
 * for one use, by this person in this session only.
 */
export async function startConsent(
  caller: Caller,
  input: { network: string; connectionId?: string | undefined; returnTo: string },
): Promise<{ authorizeUrl: string }> {
  const { workspaceId, actor, personId, config, egress } = caller
  const { network, connectionId, returnTo } = input
  if (actor.kind !== 'person') throw new Error('The contract lets only sessions connect')
  const app = oauthApp(config, network)
  const adapter = adapterOf(network)
  const state = `${workspaceId}.${randomToken()}`
  await caller.tx(async (tx) => {
    if (connectionId !== undefined) {
      const row = await demandConnection(tx, caller, connectionId)
      if (row.network !== network) throw otherNetwork()
    }
    await insertConsent(tx, {
      workspaceId,
      id: newId(),
      network,
      stateHash: hashToken(state),
      sessionId: actor.sessionId,
      userId: personId,
      connectionId: connectionId ?? null,
      returnTo,
    })
  })
  return { authorizeUrl: egress.browserUrl(adapter.authorizeUrl(app, state)) }
}

function otherNetwork(): AppError {
  return new AppError('unprocessable', {
    message: 'This connection belongs to another network.',
    field: 'network',
    fix: 'Name the network of the connection.',
  })
}
