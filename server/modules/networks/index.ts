/**
 * Networks: accounts that people connect, the tokens that they gave us, and one adapter a network
 * that knows how to publish there.
 *
 * Of an account only its id is stored; names, pictures and boards are asked from the network each
 * time. A network's name stands in its adapter's folder and in `registry.ts`, nowhere else.
 */
import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { pauseUntil } from './store.ts'

export type {
  Adapter,
  Handle,
  Look,
  Outgoing,
  OutgoingMedia,
  Published,
  Session,
  SettlePolicy,
  Submitted,
} from './adapter.ts'
export { NetworkError } from './adapter.ts'
export {
  connectionFacts,
  connectionFor,
} from './connection-facts.ts'
export { finishConsent } from './finish-consent.ts'
export { needSignIn } from './need-sign-in.ts'
export { onDisconnect } from './on-disconnect.ts'
export { adapterOf as adapterFor, networkRecipients } from './registry.ts'
export { connectionRestored } from './signals.ts'
export { refusedToken, sessionFor, withToken } from './tokens.ts'

/** The network asked us to leave the account alone until then. A longer pause stays. */
export const pause = (tx: Tx, scope: Scope, connectionId: string, until: Date): Promise<void> =>
  pauseUntil(tx, scope.workspaceId, connectionId, until)
