import { type Platform, scopeOf } from '../../platform/context.ts'
import { workspaceIds } from '../accounts/index.ts'
import { NetworkError } from './adapter.ts'
import { isSetUp } from './registry.ts'
import { rowsToRenew } from './store.ts'
import { renewTokens } from './tokens.ts'

/**
 * Exchanges the tokens of connections that were not used for long, so that none ends for want of
 * use. Workspace by workspace; what fails is tried again in the next hour, for days.
 */
export async function renewAhead(platform: Platform, signal?: AbortSignal): Promise<void> {
  let after: string | undefined
  for (;;) {
    const page = await platform.database.global((tx) => workspaceIds(tx, after))
    for (const id of page) await renewIn(platform, id, signal)
    after = page.at(-1)
    if (after === undefined) return
  }
}

async function renewIn(platform: Platform, workspaceId: string, signal?: AbortSignal) {
  const scope = scopeOf(platform, workspaceId)
  for (const row of await scope.tx((tx) => rowsToRenew(tx, workspaceId))) {
    signal?.throwIfAborted()
    if (!isSetUp(platform.config, row.network)) continue
    try {
      await renewTokens(scope, row)
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      const { kind, detail } = error
      platform.log.warn({ workspaceId, connectionId: row.id, kind, detail }, 'tokens not renewed')
    }
  }
}
