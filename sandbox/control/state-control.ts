import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { avatarUrl } from '../vendors/pinterest/present.ts'
import type { World } from '../world.ts'

const limit = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) })

export function mountStateControl(app: FastifyInstance, world: World): void {
  app.get('/state', async () => presentState(world))
  app.get('/version', async () => ({
    version: world.version,
    exchanges: world.exchanges.count,
  }))
  app.get('/exchanges', async (request) => ({
    exchanges: world.exchanges.recent(limit.parse(request.query).limit),
  }))
  app.post('/reset', async () => {
    await world.reset()
    return presentState(world)
  })
}

function presentState(world: World) {
  const { pinterest, clock } = world
  return {
    version: world.version,
    clock: { now: clock.iso(), rate: clock.rate },
    mails: world.mailbox.size,
    exchanges: world.exchanges.count,
    faults: world.faults.list().length,
    history: world.history.counts(),
    pinterest: {
      processingMs: pinterest.processingMs,
      apps: [...pinterest.apps.values()].map(({ clientSecret: _, ...app }) => app),
      accounts: [...pinterest.accounts.values()].map((account) => ({
        id: account.id,
        username: account.username,
        businessName: account.businessName,
        avatar: avatarUrl(account),
        pins: pinterest.pinsOn(account.id).size,
        boards: pinterest
          .boardsOf(account.id)
          .ids()
          .map((id) => pinterest.boards.get(id))
          .filter((board) => board !== undefined)
          .map((board) => ({
            id: board.id,
            name: board.name,
            privacy: board.privacy,
            pins: pinterest.pinsOn(board.id).size,
            sections: pinterest
              .sectionsOf(board.id)
              .ids()
              .map((id) => ({ id, name: pinterest.sections.get(id)?.name ?? '' })),
          })),
      })),
      grants: [...pinterest.grants.values()],
    },
  }
}
