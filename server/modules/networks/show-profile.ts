import { apiPrefix } from '../../../contract/index.ts'
import type { Caller } from '../../platform/context.ts'
import { demandConnection } from './access.ts'
import { live } from './app-error.ts'
import { liveAccount } from './live-account.ts'

/** Name and picture of the account, asked from the network now. */
export async function showProfile(caller: Caller, { id }: { id: string }) {
  await caller.tx((tx) => demandConnection(tx, caller, id))
  const account = await live(caller.clock.now(), () => liveAccount(caller, id))
  const { username, name, kind, url } = account
  // An <img> cannot name the workspace in a header.
  const avatarUrl = `${apiPrefix}/connections/${id}/avatar?workspace=${caller.workspaceId}`
  return { username, name, kind, url, avatarUrl: account.avatarUrl ? avatarUrl : null }
}
