import type { Connection } from '../../../contract/networks.ts'
import type { Caller } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { demandConnection } from './access.ts'
import { presentConnection } from './present.ts'
import { adapterOf } from './registry.ts'
import { connectionChanged } from './signals.ts'
import { changeConnection } from './store.ts'

type Input = {
  id: string
  label?: string | undefined
  defaultDestination?: { id: string; childId: string | null } | null | undefined
}

/** Renames it, or sets where its posts go by default. Only the chosen ids are kept. */
export async function updateConnection(caller: Caller, input: Input): Promise<Connection> {
  const { id, label, defaultDestination } = input
  return caller.tx(async (tx) => {
    const row = await demandConnection(tx, caller, id, { lock: true })
    if (defaultDestination) demandDestination(row.network)
    const change = {
      ...(label === undefined ? {} : { label }),
      ...(defaultDestination === undefined
        ? {}
        : {
            defaultDestinationId: defaultDestination?.id ?? null,
            defaultDestinationChildId: defaultDestination?.childId ?? null,
          }),
    }
    if (Object.keys(change).length === 0) return presentConnection(caller, row)
    const changed = await changeConnection(tx, caller.workspaceId, id, change)
    await record(tx, {
      workspaceId: caller.workspaceId,
      name: connectionChanged,
      subject: { kind: 'connection', id },
    })
    return presentConnection(caller, changed ?? row)
  })
}

function demandDestination(network: string): void {
  const { manifest } = adapterOf(network)
  if (manifest.destination !== null) return
  throw new AppError('unprocessable', {
    message: `On ${manifest.label} there is nothing to choose between.`,
    field: 'defaultDestination',
  })
}
