import type { Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import type { ReceiptLine } from '../privacy/index.ts'

/** What another module must stop or destroy in the transaction that disconnects, as receipt lines. */
export type DisconnectHook = (tx: Tx, scope: Scope, connectionId: string) => Promise<ReceiptLine[]>

const hooks = new Set<DisconnectHook>()

/** Registered once, in `app.ts`: networks may not use the modules that use it. */
export function onDisconnect(hook: DisconnectHook): void {
  hooks.add(hook)
}

export async function runDisconnectHooks(
  tx: Tx,
  scope: Scope,
  connectionId: string,
): Promise<ReceiptLine[]> {
  const lines: ReceiptLine[] = []
  for (const hook of hooks) lines.push(...(await hook(tx, scope, connectionId)))
  return lines
}
