import type { AnyContractProcedure } from '@orpc/contract'
import sharp from 'sharp'
import type { z } from 'zod'
import { permissionsOf, Role } from '../contract/accounts.ts'
import { type Meta, Permission } from '../contract/base.ts'
import { apiPrefix, contract } from '../contract/index.ts'
import { createPerson } from './modules/accounts/index.ts'
import { addAsset } from './modules/media/index.ts'
import {
  type Answer,
  type NetworksApp,
  newPerson,
  Person,
  startNetworks,
} from './modules/networks/networks.fixture.ts'
import { hashToken, randomToken } from './platform/crypto.ts'
import { newId } from './platform/ids.ts'

export type { Answer, NetworksApp } from './modules/networks/networks.fixture.ts'

/** A word that stands in everything of the other workspace and must never be read in ours. */
export const canary = 'CANARYOFTHEOTHERWORKSPACE'

/** A route of the contract, in the words of the wire. */
export type Route = {
  /** Its place in the contract, such as `publishing.createPost`. */
  name: string
  method: string
  path: string
  meta: Meta
  input: z.ZodType | undefined
}

/** Every route of the contract: there is no other list of them. */
export const routes: readonly Route[] = Object.entries(contract).flatMap(([module, procedures]) =>
  Object.entries(procedures as Record<string, AnyContractProcedure>).map(([key, procedure]) => {
    const { meta, route, inputSchema } = procedure['~orpc']
    return {
      name: `${module}.${key}`,
      method: route.method ?? '',
      path: route.path ?? '',
      meta: meta as Meta,
      input: inputSchema as z.ZodType | undefined,
    }
  }),
)

/** Who asks, and whether the contract lets them. */
export type Asker = {
  name: string
  headers: Record<string, string>
  /** Role in our workspace, if any. */
  person?: Person
  may(meta: Meta): boolean
}

export type Workspace = {
  owner: Person
  connectionId: string
  boards: string[]
  assetId: string
  coverId: string
  postId: string
  targetId: string
  scheduledTargetId: string
  invitationId: string
  memberId: string
  keyId: string
  signInId: string
  cursors: { posts: string; assets: string; calendar: string; receipts: string }
}

export type World = {
  app: NetworksApp
  ours: Workspace
  theirs: Workspace
  askers: Asker[]
  stop(): Promise<void>
}

/** Two workspaces with one of everything, and everybody who could knock at ours. */
export async function startWorld(): Promise<World> {
  const app = await startNetworks()
  const ours = await furnish(app, 'Ours', 'fernandbloom')
  const theirs = await furnish(app, canary, 'harbourbakery')
  const everyKey = await keyOf(theirs, [...Permission.options])
  const inWorkspace = { 'avow-workspace': ours.owner.workspaceId }
  const askers: Asker[] = [
    { name: 'nobody', headers: { ...inWorkspace }, may: (meta) => meta.who === 'public' },
  ]
  for (const role of Role.options) {
    const person = role === 'owner' ? ours.owner : await join(ours.owner, role)
    askers.push({
      name: role,
      person,
      headers: headersOf(person),
      may: ({ who }) => who === 'public' || who === 'person' || permissionsOf[role].includes(who),
    })
  }
  for (const permission of Permission.options) {
    const { key } = await keyOf(ours, [permission])
    askers.push({
      name: `key with ${permission}`,
      headers: { authorization: `Bearer ${key}` },
      may: ({ who, sessionOnly }) => who === 'public' || (!sessionOnly && who === permission),
    })
  }
  askers.push(
    {
      name: 'key of another workspace',
      headers: { ...inWorkspace, authorization: `Bearer ${everyKey.key}` },
      may: ({ who }) => who === 'public',
    },
    {
      name: 'member of another workspace',
      person: theirs.owner,
      headers: { ...headersOf(theirs.owner), ...inWorkspace },
      may: ({ who }) => who === 'public' || who === 'person',
    },
  )
  // The first use of a key is noted in its row, which is no change that a refused call made.
  for (const { headers } of askers) await ask(`${app.url}${apiPrefix}/workspace`, { headers })
  return { app, ours, theirs, askers, stop: () => app.stop() }
}

export const headersOf = (person: Person): Record<string, string> => ({
  cookie: person.cookie,
  origin: person.app.url,
  'avow-workspace': person.workspaceId,
})

/** One of everything, with `word` in all that is written. */
async function furnish(app: NetworksApp, word: string, account: string): Promise<Workspace> {
  const owner = await newPerson(app, word)
  const connectionId = await owner.connect(account)
  await ok(owner.api('PATCH', `/connections/${connectionId}`, { label: `${word} account` }))
  const { body: destinations } = await ok(
    owner.api('GET', `/connections/${connectionId}/destinations`),
  )
  const boards: string[] = destinations.items.map((one: { id: string }) => one.id)
  const assetId = await addPicture(owner, `${word}.jpg`)
  const coverId = await addPicture(owner, `${word} cover.jpg`)
  await app.drain()
  const place = {
    media: [{ assetId, altText: word }],
    targets: [{ connectionId, destination: { id: boards[0], childId: null } }],
    title: `${word} title`,
    body: `${word} body`,
    link: 'https://example.com/',
  }
  const { body: post } = await ok(owner.api('POST', '/posts', place))
  const { body: planned } = await ok(owner.api('POST', '/posts', { ...place, title: word }))
  const { body: scheduled } = await ok(
    owner.api('POST', `/posts/${planned.id}/schedule`, {
      version: planned.version,
      when: { kind: 'at', local: '2030-05-05T10:00' },
      acceptWarnings: ['duplicate_post'],
    }),
  )
  const { body: invitation } = await ok(
    owner.api('POST', '/invitations', { email: `${newId()}@example.com`, role: 'viewer' }),
  )
  const member = await join(owner, 'viewer')
  const key = await keyOf({ owner }, ['read'])
  const cursor = (...values: string[]) => Buffer.from(JSON.stringify(values)).toString('base64url')
  return {
    owner,
    connectionId,
    boards,
    assetId,
    coverId,
    postId: post.id,
    targetId: post.targets[0].id,
    scheduledTargetId: scheduled.post.targets[0].id,
    invitationId: invitation.id,
    memberId: await memberOf(member),
    keyId: key.id,
    signInId: await sessionOf(member),
    cursors: {
      posts: cursor(new Date().toISOString(), post.id),
      assets: cursor(coverId),
      calendar: cursor('2020-05-05T08:00:00.000Z', post.targets[0].id),
      receipts: newId(),
    },
  }
}

/** Another member of a person's workspace. */
export async function join(owner: Person, role: Role): Promise<Person> {
  const { app, workspaceId } = owner
  const name = `${role} of ${workspaceId}`
  const id = await createPerson(app.platform, { name, email: `${newId()}@example.com` })
  await app.admin.query(
    'insert into memberships (workspace_id, id, user_id, role) values ($1, $2, $3, $4)',
    [workspaceId, newId(), id, role],
  )
  const person = new Person(app, id, workspaceId)
  await person.signIn()
  return person
}

export async function keyOf(
  { owner }: Pick<Workspace, 'owner'>,
  permissions: Permission[],
): Promise<{ id: string; key: string }> {
  const { body } = await ok(owner.api('POST', '/api-keys', { name: canaryOr(owner), permissions }))
  return body
}

const canaryOr = (owner: Person) => `key of ${owner.workspaceId}`

export async function memberOf({ app, id, workspaceId }: Person): Promise<string> {
  return only(app, 'select id from memberships where user_id = $1 and workspace_id = $2', [
    id,
    workspaceId,
  ])
}

export async function sessionOf({ app, id }: Person): Promise<string> {
  return only(app, 'select id from sessions where user_id = $1 order by created_at limit 1', [id])
}

async function only(app: NetworksApp, query: string, values: unknown[]): Promise<string> {
  const { rows } = await app.admin.query<{ id: string }>(query, values)
  if (!rows[0]) throw new Error(`Nothing for ${query}`)
  return rows[0].id
}

/** An open invitation whose token is known, to the address of a person. */
export async function invitationFor(owner: Person, invited: Person | undefined): Promise<string> {
  const { app, workspaceId } = owner
  const { rows } = await app.admin.query<{ email: string }>(
    'select email from users where id = $1',
    [invited?.id ?? null],
  )
  const email = rows[0]?.email ?? `${newId()}@example.com`
  const [id, token] = [newId(), randomToken()]
  await app.admin.query('delete from invitations where email = $1', [email])
  await app.admin.query(
    `insert into invitations (workspace_id, id, email, role, invited_by, expires_at)
     values ($1, $2, $3, 'viewer', $4, app.now() + interval '1 day')`,
    [workspaceId, id, email, owner.id],
  )
  await app.admin.query(
    `insert into public_tokens (token_hash, kind, workspace_id, subject_id, expires_at)
     values ($1, 'invitation', $2, $3, app.now() + interval '1 day')`,
    [hashToken(token), workspaceId, id],
  )
  return token
}

export async function addPicture(owner: Person, name: string): Promise<string> {
  const colour = { r: Math.random() * 255, g: Math.random() * 255, b: Math.random() * 255 }
  const bytes = await sharp({
    create: { width: 200, height: 300, channels: 3, background: colour },
  })
    .jpeg()
    .toBuffer()
  return addAsset(owner.scope, { name, bytes, createdBy: owner.id })
}

export async function ok(answer: Promise<Answer>): Promise<Answer> {
  const given = await answer
  if (given.status >= 300) throw new Error(`${given.status} ${given.text}`)
  return given
}

export type Input = Record<string, unknown>

/** Sends an input as the wire has it: into the path, the query or the body. */
export async function send(
  app: NetworksApp,
  route: Pick<Route, 'method' | 'path'>,
  input: Input,
  headers: Record<string, string>,
): Promise<Answer> {
  const rest = { ...input }
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  const url = new URL(`${app.url}${apiPrefix}${path}`)
  if (route.method === 'GET' || route.method === 'DELETE') {
    for (const [name, value] of Object.entries(rest)) url.searchParams.set(name, String(value))
    return ask(url.href, { method: route.method, headers })
  }
  return ask(url.href, {
    method: route.method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(rest),
  })
}

/** Asks and reads the answer. Of a stream that does not end, only that it began. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const ended = new AbortController()
  // biome-ignore lint/style/noRestrictedGlobals: a browser of a test, not a way out of ours
  const response = await fetch(url, { redirect: 'manual', signal: ended.signal, ...init })
  const type = response.headers.get('content-type') ?? ''
  const { status, headers } = response
  if (type.startsWith('text/event-stream')) {
    ended.abort()
    return { status, headers, text: '', body: null }
  }
  const text = await response.text()
  return { status, headers, text, body: type.includes('json') && text ? JSON.parse(text) : null }
}

// These change by being asked at all: counters, and marks of the last use.
const restless = ['rate_limits']

/** A print of every row of every table, but for what any request marks. */
export async function printOf(
  app: NetworksApp,
  beside: readonly string[] = [],
): Promise<Record<string, string>> {
  const { rows: tables } = await app.admin.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     order by 1`,
  )
  const prints = tables
    .filter(({ name }) => !restless.includes(name) && !beside.includes(name))
    .map(
      ({ name }) =>
        `select '${name}' as name, count(*) || ':' || coalesce(md5(string_agg(xmin::text || ctid::text, ',' order by ctid)), '') as print from public."${name}"`,
    )
  prints.push(
    "select 'jobs', count(*) || ':' || coalesce(md5(string_agg(id::text || state::text, ',' order by id)), '') from pgboss.job",
  )
  const { rows } = await app.admin.query<{ name: string; print: string }>(
    prints.join(' union all '),
  )
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]))
}
