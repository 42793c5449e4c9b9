import type { Connection } from '../../../contract/networks.ts'
import { type Caller, mayI } from '../../platform/context.ts'
import { destinationOf } from './connection-facts.ts'
import { adapterOf, isSetUp } from './registry.ts'
import { canPublish, statusOf, statusWords } from './rules.ts'
import type { ConnectionRow } from './store.ts'

export function presentConnection(caller: Caller, row: ConnectionRow): Connection {
  const adapter = adapterOf(row.network)
  const { manifest } = adapter
  const now = caller.clock.now()
  const able = canPublish(row, adapter, { now, isSetUp: isSetUp(caller.config, row.network) })
  return {
    id: row.id,
    network: row.network,
    label: row.label,
    status: statusOf(row, now),
    statusWords: statusWords(row, manifest.label, now),
    scopes: manifest.scopes.map(({ scope, words }) => ({
      scope,
      words,
      granted: row.status !== 'revoked' && row.scopes.includes(scope),
    })),
    connectedAt: row.connectedAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    accessExpiresAt: row.accessExpiresAt?.toISOString() ?? null,
    defaultDestination: destinationOf(row),
    can: {
      publish: able.ok ? mayI(caller, 'posts.publish') : able,
      disconnect:
        row.status === 'revoked'
          ? { ok: false, why: 'It is disconnected already.' }
          : mayDisconnect(caller),
    },
  }
}

function mayDisconnect(caller: Caller) {
  return caller.actor.kind === 'key'
    ? { ok: false, why: 'An API key cannot do this. Sign in and do it on the page.' }
    : mayI(caller, 'connections.manage')
}
