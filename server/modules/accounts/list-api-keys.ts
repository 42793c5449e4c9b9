import type { Caller } from '../../platform/context.ts'
import { presentApiKey } from './present.ts'
import { selectApiKeys } from './store.ts'

/** The keys of the workspace, newest first. Of each only its first characters are known. */
export async function listApiKeys(caller: Caller) {
  const rows = await caller.tx((tx) => selectApiKeys(tx, caller.workspaceId))
  return { items: rows.map(presentApiKey) }
}
