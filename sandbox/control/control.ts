import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'
import { mountClockControl } from './clock-control.ts'
import { ControlProblem } from './control-problem.ts'
import { mountFaultControl } from './fault-control.ts'
import { mountGoogleControl } from './google-control.ts'
import { mountHistoryControl } from './history-control.ts'
import { mountMailboxControl } from './mailbox-control.ts'
import { mountPinterestControl } from './pinterest-control.ts'
import { mountStateControl } from './state-control.ts'

/** `/_sandbox`: what tests, proofs and demos arrange the world with and read it by. */
export function mountControl(app: FastifyInstance, world: World): void {
  app.register(
    async (scope) => {
      scope.setErrorHandler(async (error, _request, reply) => {
        if (error instanceof ControlProblem) {
          return reply.code(error.status).send({ error: error.message })
        }
        throw error
      })
      mountStateControl(scope, world)
      mountClockControl(scope, world)
      mountFaultControl(scope, world)
      mountHistoryControl(scope, world)
      mountMailboxControl(scope, world)
      mountPinterestControl(scope, world)
      mountGoogleControl(scope, world)
    },
    { prefix: '/_sandbox' },
  )
}
