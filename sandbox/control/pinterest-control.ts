import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { addBoard, removeBoard } from '../vendors/pinterest/boards.ts'
import { mediaStatus } from '../vendors/pinterest/media.ts'
import { Refusal } from '../vendors/pinterest/refusal.ts'
import { SCOPES } from '../vendors/pinterest/scopes.ts'
import { addSection } from '../vendors/pinterest/sections.ts'
import { DEFAULT_APP } from '../vendors/pinterest/state.ts'
import { issue } from '../vendors/pinterest/token.ts'
import type { Account } from '../vendors/pinterest/types.ts'
import type { World } from '../world.ts'
import { ControlProblem, found, readControlBody } from './control-problem.ts'

const category = z.enum(['org_read', 'org_write', 'org_analytics'])
const appChange = z.strictObject({
  name: z.string().min(1).optional(),
  tier: z.enum(['trial', 'standard']).optional(),
  redirectUris: z.array(z.url()).optional(),
  usedRefreshToken: z.enum(['refused', 'accepted', 'family-dies']).optional(),
  limits: z.partialRecord(category, z.int().min(0)).optional(),
  perSecond: z.int().min(0).optional(),
})
const newApp = appChange.extend({ clientId: z.string().min(1), clientSecret: z.string().min(1) })
const newAccount = z.strictObject({
  username: z.string().regex(/^[a-z0-9_]{3,30}$/),
  businessName: z.string().min(1).optional(),
})
const newBoard = z.strictObject({
  account: z.string(),
  name: z.string().min(1),
  description: z.string().nullable().default(null),
  privacy: z.enum(['PUBLIC', 'PROTECTED', 'SECRET']).default('PUBLIC'),
  sections: z.array(z.string().min(1)).default([]),
})
const newGrant = z.strictObject({
  account: z.string(),
  clientId: z.string().default(DEFAULT_APP.clientId),
  scopes: z
    .array(z.string().refine((scope) => scope in SCOPES, 'unknown scope'))
    .default(['user_accounts:read', 'boards:read', 'boards:write', 'pins:read', 'pins:write']),
})

export function mountPinterestControl(app: FastifyInstance, world: World): void {
  const { pinterest } = world
  const accountNamed = (name: string) => found(pinterest.account(name), `account ${name}`)

  app.patch('/pinterest', async (request) => {
    const schema = z.strictObject({ processingMs: z.int().min(0) })
    pinterest.processingMs = readControlBody(request, schema).processingMs
    world.changed()
    return { processingMs: pinterest.processingMs }
  })
  app.post('/pinterest/apps', async (request, reply) => {
    const made = { ...structuredClone(DEFAULT_APP), ...given(readControlBody(request, newApp)) }
    pinterest.addApp(made)
    world.changed()
    return reply.code(201).send(made)
  })
  app.patch('/pinterest/apps/:id', async (request) => {
    const { id } = request.params as { id: string }
    const changed = found(pinterest.apps.get(id), `app ${id}`)
    Object.assign(changed, given(readControlBody(request, appChange)))
    world.changed()
    return changed
  })
  app.post('/pinterest/accounts', async (request, reply) => {
    return reply.code(201).send(addAccount(world, readControlBody(request, newAccount)))
  })
  app.post('/pinterest/boards', async (request, reply) => {
    const { account, sections, ...wanted } = readControlBody(request, newBoard)
    const board = orProblem(() =>
      addBoard(world, accountNamed(account), { ...wanted, isAdsOnly: false }),
    )
    const added = sections.map((name) => addSection(world, board, name))
    return reply.code(201).send({ ...board, sections: added })
  })
  app.delete('/pinterest/boards/:id', async (request, reply) => {
    const { id } = request.params as { id: string }
    const board = found(pinterest.boards.get(id), `board ${id}`)
    removeBoard(world, board, { requestId: 'sandbox', fault: null })
    return reply.code(204).send()
  })
  mountGrantControl(app, world, accountNamed)
  mountMediaControl(app, world)
}

function mountGrantControl(
  app: FastifyInstance,
  world: World,
  accountNamed: (name: string) => Account,
): void {
  const { pinterest, clock } = world
  app.post('/pinterest/grants', async (request, reply) => {
    const { account, clientId, scopes } = readControlBody(request, newGrant)
    found(pinterest.apps.get(clientId), `app ${clientId}`)
    const accountId = accountNamed(account).id
    const grant = pinterest.addGrant({ clientId, accountId, scopes, createdAt: clock.now() })
    return reply.code(201).send({ grant, token: issue(world, grant, scopes, 'authorization_code') })
  })
  app.post('/pinterest/accounts/:name/revoke', async (request) => {
    const { name } = request.params as { name: string }
    const revoked = pinterest.revokeGrantsOf(accountNamed(name).id, clock.now())
    world.changed()
    return { revoked }
  })
  app.post('/pinterest/accounts/:name/expire', async (request) => {
    const { name } = request.params as { name: string }
    const { id } = accountNamed(name)
    let expired = 0
    for (const token of pinterest.tokens.values()) {
      const isTheirs = pinterest.grants.get(token.grantId)?.accountId === id
      if (token.kind !== 'access' || !isTheirs) continue
      token.expiresAt = Math.min(token.expiresAt, clock.now())
      expired += 1
    }
    world.changed()
    return { expired }
  })
}

function mountMediaControl(app: FastifyInstance, world: World): void {
  app.get('/pinterest/media/:id', async (request) => {
    const { id } = request.params as { id: string }
    const {
      policy: _,
      signature: __,
      ...media
    } = found(world.pinterest.media.get(id), `media ${id}`)
    const status = mediaStatus(world, { ...media, policy: '', signature: '' })
    return { ...media, status }
  })
}

function addAccount(world: World, wanted: z.infer<typeof newAccount>): Account {
  const { username, businessName = wanted.username } = wanted
  if (world.pinterest.account(username)) {
    throw new ControlProblem(409, `There already is an account ${username}`)
  }
  const account: Account = {
    id: world.pinterest.newId('account'),
    username,
    businessName,
    accountType: 'BUSINESS',
    about: '',
    websiteUrl: `https://${username.replaceAll('_', '-')}.example`,
    followerCount: 0,
    followingCount: 0,
    monthlyViews: 0,
    avatar: { kind: 'monogram', seed: username },
  }
  world.pinterest.addAccount(account)
  world.changed()
  return account
}

/** Only what was given: an absent field must not overwrite one with `undefined`. */
function given<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}

function orProblem<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) throw new ControlProblem(error.status, error.message)
    throw error
  }
}
