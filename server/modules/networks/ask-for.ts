import type { Scope } from '../../platform/context.ts'
import type { Adapter, Ask } from './adapter.ts'

const usualTimeoutMs = 30_000

/**
 * An adapter's way out: as this network, for this workspace, to its own hosts only. Waits are cut
 * by the instance's pace, as all that publishing waits for is.
 */
export function askFor(scope: Scope, adapter: Adapter): Ask {
  const { network: processor } = adapter.manifest
  return ({ timeoutMs = usualTimeoutMs, ...request }) =>
    scope.egress.request({
      ...request,
      processor,
      workspaceId: scope.workspaceId,
      timeoutMs: timeoutMs / scope.config.pace,
    })
}
