import { implement } from '@orpc/server'
import { contract } from '../../../contract/index.ts'
import { type ApiContext, inside } from '../../platform/api.ts'
import { disconnect } from './disconnect.ts'
import { listConnections } from './list-connections.ts'
import { listDestinationChildren, listDestinations } from './list-destinations.ts'
import { adapters } from './registry.ts'
import { showProfile } from './show-profile.ts'
import { startConsent } from './start-consent.ts'
import { updateConnection } from './update-connection.ts'

const os = implement(contract.networks).$context<ApiContext>().use(inside)

export const networksApi = os.router({
  networks: os.networks.handler(({ context }) => ({
    items: adapters(context.caller.config).map(({ manifest }) => manifest),
  })),
  connections: os.connections.handler(({ context }) => listConnections(context.caller)),
  connect: os.connect.handler(({ context, input }) => startConsent(context.caller, input)),
  updateConnection: os.updateConnection.handler(({ context, input }) =>
    updateConnection(context.caller, input),
  ),
  disconnect: os.disconnect.handler(({ context, input }) => disconnect(context.caller, input)),
  profile: os.profile.handler(({ context, input }) => showProfile(context.caller, input)),
  destinations: os.destinations.handler(({ context, input }) =>
    listDestinations(context.caller, input),
  ),
  destinationChildren: os.destinationChildren.handler(({ context, input }) =>
    listDestinationChildren(context.caller, input),
  ),
})
