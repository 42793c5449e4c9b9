import type { Caller } from '../../platform/context.ts'
import { demandConnection } from './access.ts'
import { live } from './app-error.ts'
import { withToken } from './tokens.ts'

/** Where posts can go on the account, asked from the network now and not kept. */
export async function listDestinations(
  caller: Caller,
  { id, cursor }: { id: string; cursor?: string | undefined },
) {
  await caller.tx((tx) => demandConnection(tx, caller, id))
  return live(caller.clock.now(), () =>
    withToken(caller, id, (session, adapter) => adapter.places(session, cursor)),
  )
}

/** The parts of a destination, likewise. */
export async function listDestinationChildren(
  caller: Caller,
  input: { id: string; destinationId: string; cursor?: string | undefined },
) {
  const { id, destinationId, cursor } = input
  await caller.tx((tx) => demandConnection(tx, caller, id))
  return live(caller.clock.now(), () =>
    withToken(caller, id, (session, adapter) =>
      adapter.childPlaces(session, destinationId, cursor),
    ),
  )
}
