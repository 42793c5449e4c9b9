/**
 * Networks: accounts that people connect, the tokens that they gave us, and one adapter a network
 * that knows how to publish there.
 *
 * Of an account only its id is stored; names, pictures and boards are asked from the network each
 * time. A network's name stands in its adapter's folder and in `registry.ts`, nowhere else.
 */
import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { adapters } from './registry.ts'
import { pauseUntil } from './store.ts'

export type {
  Account,
  Adapter,
  Handle,
  Look,
  NetworkErrorKind,
  Outgoing,
  OutgoingFile,
  OutgoingMedia,
  Prepared,
  Published,
  Session,
  SettlePolicy,
  Submitted,
} from './adapter.ts'
export { NetworkError } from './adapter.ts'
export {
  type ConnectionView,
  connectionFacts,
  connectionFor,
  connectionsFor,
} from './connections-for.ts'
export { needSignIn } from './need-sign-in.ts'
export { type DisconnectHook, onDisconnect } from './on-disconnect.ts'
export { adapterOf as adapterFor, networkRecipients } from './registry.ts'
export { connectionRestored, connectionRevoked } from './signals.ts'
export { type OpenSession, refusedToken, sessionFor, withToken } from './tokens.ts'

/** What each network that is set up here takes. */
export const manifests = (scope: Pick<Scope, 'config'>) =>
  adapters(scope.config).map(({ manifest }) => manifest)

/** The network asked us to leave the account alone until then. A longer pause stays. */
export const pause = (tx: Tx, scope: Scope, connectionId: string, until: Date): Promise<void> =>
  pauseUntil(tx, scope.workspaceId, connectionId, until)
