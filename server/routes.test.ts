import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dump } from './modules/networks/networks.fixture.ts'
import { mountHealth } from './platform/health.ts'
import { createHttp } from './platform/http.ts'
import { inputs } from './route-inputs.fixture.ts'
import {
  type Answer,
  type Asker,
  ask,
  canary,
  headersOf,
  type Input,
  type NetworksApp,
  printOf,
  type Route,
  routes,
  send,
  startWorld,
  type Workspace,
  type World,
} from './two-workspaces.fixture.ts'

let world: World

beforeAll(async () => {
  world = await startWorld()
}, 60_000)
afterAll(() => world?.stop())

/** Open to everybody, limited by address, and slow: it makes a whole workspace. Tested by itself. */
const provenElsewhere = ['accounts.openSample']
const served = routes.filter(({ name }) => !provenElsewhere.includes(name))

describe('who may call what', () => {
  it('is asked of every route of the contract', () => {
    expect(Object.keys(inputs).sort()).toEqual(routes.map(({ name }) => name).sort())
    expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length)
  })

  it.each(served)(
    'is as the contract says: $name, for everybody who could knock',
    async (route) => {
      const make = inputs[route.name] ?? (() => ({}))
      const [allowed, refused] = split(world.askers, ({ may }) => may(route.meta))

      // Those who may not name things that are there, so that only the guard can stop them.
      const input = await make(world.ours, ownerOf(world))
      const before = await printOf(world.app)
      const faults: string[] = []
      for (const asker of refused) {
        const answer = await send(world.app, route, input, asker.headers)
        faults.push(...kept(route, asker, answer))
      }
      expect(await printOf(world.app)).toEqual(before)

      for (const asker of allowed) {
        const fresh = await make(world.ours, asker)
        const { status, text } = await send(world.app, route, fresh, asker.headers)
        if (status >= 300) faults.push(`${asker.name} should be let in: ${status} ${text}`)
      }
      expect(faults).toEqual([])
    },
  )
})

const ownerOf = ({ askers }: World) => askers.find(({ name }) => name === 'owner') as Asker

function split<T>(all: readonly T[], by: (one: T) => boolean): [T[], T[]] {
  return [all.filter(by), all.filter((one) => !by(one))]
}

/** Whoever may not is told so, in the way that fits. */
function kept({ meta }: Route, { name }: Asker, { status, body, text }: Answer): string[] {
  const wanted =
    name === 'nobody' || (meta.who === 'person' && name.startsWith('key'))
      ? '401 unauthenticated'
      : name.endsWith('another workspace')
        ? '404 not_found'
        : '403 forbidden'
  if (`${status} ${body?.error?.code}` === wanted) return []
  return [`${name} should be told ${wanted}: ${status} ${text}`]
}

describe('what belongs to another workspace', () => {
  const withInput = served.flatMap((route) => {
    const paths = route.input
      ? idPaths(z.toJSONSchema(route.input, { io: 'input', unrepresentable: 'any' }) as Schema)
      : []
    return paths.map((path) => ({ ...route, field: path }))
  })

  it('is tried in every field that takes an id or a cursor', async () => {
    const fields = withInput.map(({ name, field }) => `${name} ${field}`)
    expect(fields).toContain('publishing.createPost media.0.coverAssetId')
    expect(fields).toContain('accounts.updateWorkspace defaultConnectionId')
    expect(fields.length).toBeGreaterThan(45)
  })

  it.each(withInput)('cannot be named in $name: $field', async ({ field, ...route }) => {
    const { app, ours, theirs } = world
    const owner = ownerOf(world)
    const input = (await inputs[route.name]?.(ours, owner)) ?? {}
    const isCursor = field.endsWith('cursor')
    if (!isCursor) expect(get(input, field), 'the input has the field').toBeDefined()
    const before = await printOf(app, besideCalls)
    const foreign = foreignValue(theirs, route, field)
    const answer = await send(app, route, set(input, field, foreign), owner.headers)
    const told = `${answer.status} ${answer.text}`
    expect(answer.text).not.toContain(canary)
    if (answer.status >= 400) expect(await printOf(app, besideCalls)).toEqual(before)
    // Compared within our own rows, or by the network within our own account.
    if (harmless.test(field)) return expect(answer.status, told).toBeLessThan(500)

    // A list may be empty and a check may find fault: but like for an id that never was.
    if (answer.status !== 200) expect([404, 422], told).toContain(answer.status)
    else expect(told).toMatch(/"(items|findings)":/)
    const unknown = crypto.randomUUID()
    const asUnknown = await send(app, route, set(input, field, unknown), owner.headers)
    expect(without(answer, foreign)).toEqual(without(asUnknown, unknown))
  })
})

// What the network was asked is told of in the ledger, also when it knows no such thing.
const besideCalls = ['egress_ledger']

const without = ({ status, text }: Answer, id: string) =>
  `${status} ${text.replaceAll(id, 'ID').replace(/"requestId":"[^"]*"/, '')}`

/** Places in a list, and ids that only mean something at the network, in the account asked. */
const harmless = /cursor$|destination(Id)?(\.|$)|childId$|defaultDestination/i

type Schema = {
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

/** Fields that take an id, a cursor or the like, as dotted paths. Tokens are no ids: they are proofs. */
function idPaths(schema: Schema, path: string[] = []): string[] {
  const name = path.at(-1) ?? ''
  const isId = schema.format === 'uuid' || /(^id|Id|^cursor)$/.test(name)
  const found = isId && !schema.properties ? [path.join('.')] : []
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    found.push(...idPaths(inner, [...path, key]))
  }
  if (schema.items) found.push(...idPaths(schema.items, [...path, '0']))
  for (const inner of [schema.anyOf, schema.oneOf, schema.allOf].flatMap((all) => all ?? [])) {
    found.push(...idPaths(inner, path))
  }
  return [...new Set(found)]
}

function get(input: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((at: unknown, key) => (at as Record<string, unknown> | undefined)?.[key], input)
}

function set(input: Input, path: string, value: unknown): Input {
  const copy = structuredClone(input)
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const parent = get(copy, keys.join('.')) ?? copy
  Object.assign(keys.length === 0 ? copy : (parent as object), { [last]: value })
  return copy
}

function foreignValue(theirs: Workspace, { name, path }: Route, field: string): string {
  const last = field.split('.').at(-1) ?? ''
  if (last === 'cursor') {
    const list = name.split('.')[1] ?? ''
    return theirs.cursors[list as keyof Workspace['cursors']] ?? theirs.memberId
  }
  if (/destination|childId/i.test(field)) return theirs.boards[0] ?? ''
  if (/connectionId$/i.test(last)) return theirs.connectionId
  if (/assetId$/i.test(last)) return theirs.assetId
  if (last === 'postId') return theirs.postId
  const owned: Record<string, string> = {
    posts: theirs.postId,
    targets: theirs.targetId,
    assets: theirs.assetId,
    connections: theirs.connectionId,
    members: theirs.memberId,
    invitations: theirs.invitationId,
    'api-keys': theirs.keyId,
    me: theirs.signInId,
  }
  const id = owned[path.split('/')[1] ?? '']
  if (last !== 'id' || !id) throw new Error(`Whose id is ${field} of ${name}? Say it here.`)
  return id
}

describe('a field that was not asked for', () => {
  const changing = served.filter(({ method, input }) => method !== 'GET' && input)

  it.each(changing)('is ignored or refused by $name, whatever column it names', async (route) => {
    const { app, ours, theirs } = world
    const owner = ownerOf(world)
    const extras = await everyColumn(world)
    const before = await rowsOf(app, theirs)
    const input = (await inputs[route.name]?.(ours, owner)) ?? {}
    const { status, text } = await send(
      app,
      route,
      withExtras(input, extras) as Input,
      owner.headers,
    )
    expect([200, 201, 400], text).toContain(status)
    expect(text).not.toMatch(marks)
    expect(await dump(app)).not.toMatch(marks)
    expect(await rowsOf(app, theirs)).toEqual(before)
    const { rows } = await app.admin.query('select from workspaces where sample')
    expect(rows).toEqual([])
  })
})

const marks = /MASSASSIGNED|deadbeef-dead-7ead-8eef-deadbeefdead|987654321|1999-09-09/

/** Every column of every table, in both spellings, with a value that fits its type. */
async function everyColumn({ app, theirs }: World): Promise<Record<string, unknown>> {
  const { rows } = await app.admin.query<{ name: string; type: string }>(
    `select distinct on (column_name) column_name as name, data_type as type
     from information_schema.columns where table_schema = 'public'`,
  )
  expect(rows.length).toBeGreaterThan(80)
  const values: Record<string, unknown> = {
    uuid: 'deadbeef-dead-7ead-8eef-deadbeefdead',
    integer: 987654321,
    bigint: 987654321,
    boolean: true,
    jsonb: { mass: 'MASSASSIGNED' },
    ARRAY: ['MASSASSIGNED'],
    'timestamp with time zone': '1999-09-09T09:09:09.000Z',
  }
  const extras: Record<string, unknown> = {}
  for (const { name, type } of rows) {
    const value =
      name === 'workspace_id' ? theirs.owner.workspaceId : (values[type] ?? 'MASSASSIGNED')
    extras[name] = value
    extras[name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())] = value
  }
  return extras
}

/** The same input with the extra fields in every object of it. What it has itself stays. */
function withExtras(value: unknown, extras: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => withExtras(item, extras))
  if (typeof value !== 'object' || value === null) return value
  const own = Object.entries(value).map(([key, inner]) => [key, withExtras(inner, extras)])
  return { ...extras, ...Object.fromEntries(own) }
}

async function rowsOf(app: NetworksApp, { owner }: Workspace): Promise<unknown[]> {
  const all: unknown[] = []
  for (const table of ['posts', 'targets', 'assets', 'connections', 'memberships', 'invitations']) {
    const { rows } = await app.admin.query(
      `select * from ${table} where workspace_id = $1 order by id`,
      [owner.workspaceId],
    )
    all.push(...rows)
  }
  expect(all.length).toBeGreaterThan(8)
  return all
}

/** Plain routes that stand beside the contract, each with the reason. */
const besideTheContract: Record<string, string> = {
  'GET /healthz': 'Open: says only that the process answers.',
  'GET /readyz': 'Open: says only whether the database answers.',
  'GET /metrics': 'Figures for callers on this machine.',
  'GET /': 'Open: the page of the app, the same for everybody.',
  'GET /*': 'Open: the same page at each of its addresses.',
  'GET /privacy': 'Open: the privacy page.',
  'GET /api/docs': 'Open: how to use the API.',
  'GET /api/docs/search.js': 'Open: script of that page.',
  'GET /api/v1/openapi.json': 'Open: the description of the API.',
  'GET /files/*': 'Whoever holds a signed link that has not expired.',
  'GET /oauth/:network/callback': 'The person whose session began the consent.',
  'GET /api/v1/connections/:id/avatar': 'Permission read, as the routes of the contract.',
}
/** Families of plain routes: built files, the sign-in library, uploads, the contract itself. */
const families: Record<string, RegExp> = {
  'files of the built app, open':
    /^GET \/(assets\/[\w.-]+|[\w.-]+\.(html|svg|js|ico|png|webmanifest|txt))$/,
  'sign-in: each door says what it takes (accounts.test.ts)': /^(GET|POST) \/api\/auth\//,
  'uploads: permission media.write': /^[A-Z-]+ \/api\/v1\/uploads(\/\*)?$/,
  'the contract': /^[A-Z-]+ \/api\/v1\/\*$/,
}

describe('plain routes', () => {
  it('are all known, each with who may call it', () => {
    const plain = world.app.routes.filter((route) => !route.startsWith('HEAD '))
    const unknown = plain.filter(
      (route) =>
        !besideTheContract[route] && !Object.values(families).some((family) => family.test(route)),
    )
    expect(unknown).toEqual([])
    expect(Object.keys(besideTheContract).filter((route) => !plain.includes(route))).toEqual([])
  })

  it('take an upload from whoever may write media, and from nobody else', async () => {
    const { app, askers } = world
    const faults: string[] = []
    for (const asker of askers) {
      const may = asker.may({ who: 'media.write' })
      const before = await printOf(app)
      const { status } = await beginUpload(app, asker.headers)
      const right = may ? status === 201 : [401, 403, 404].includes(status)
      if (!right) faults.push(`${asker.name}: ${status}`)
      if (!may) expect(await printOf(app), asker.name).toEqual(before)
    }
    expect(faults).toEqual([])
  })

  it('show, continue and end no upload of another workspace', async () => {
    const { app, theirs } = world
    const begun = await beginUpload(app, headersOf(theirs.owner))
    const path = begun.headers.get('location') ?? ''
    expect(path).toContain(theirs.owner.workspaceId)
    const before = await printOf(app)
    const { headers } = ownerOf(world)
    const tus = { ...headers, 'tus-resumable': '1.0.0' }
    const bytes = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    const named = `${app.url}${path}`
    const asOurs = named.replace(theirs.owner.workspaceId, world.ours.owner.workspaceId)
    for (const url of [named, asOurs, `${app.url}/api/v1/uploads/..%2F..%2Fetc%2Fpasswd`]) {
      const answers = [
        await ask(url, { method: 'HEAD', headers: tus }),
        await ask(url, { method: 'PATCH', headers: { ...tus, ...bytes }, body: 'mine' }),
        await ask(url, { method: 'DELETE', headers: tus }),
      ]
      for (const { status } of answers) expect([400, 404], url).toContain(status)
    }
    expect(await printOf(app)).toEqual(before)
  })

  it('hand out a file for a good link only', async () => {
    const { app, ours } = world
    const owner = ownerOf(world)
    const { body } = await send(app, assetRoute, { id: ours.assetId }, owner.headers)
    const link = new URL(body.thumbnailUrl, app.url)
    expect((await ask(link.href)).status).toBe(200)
    const forged = [
      (url: URL) => url.searchParams.delete('signature'),
      (url: URL) => url.searchParams.set('signature', `${url.searchParams.get('signature')}A`),
      (url: URL) => url.searchParams.set('expires', String(Date.now() + 10 ** 12)),
      (url: URL) => {
        url.pathname = url.pathname.replace(/\/[0-9a-f]{64}/, `/${'0'.repeat(64)}`)
      },
      (url: URL) => {
        url.pathname = `/files/${ours.owner.workspaceId}/originals/${ours.assetId}`
      },
      (url: URL) => {
        url.pathname = '/files/..%2f..%2fmaster.key'
      },
    ]
    for (const forge of forged) {
      const url = new URL(link)
      forge(url)
      const { status, text } = await ask(url.href)
      expect([status, JSON.parse(text).error.code], url.href).toEqual([404, 'not_found'])
    }
  })

  it('show the picture of an account to whoever may read, of no other workspace', async () => {
    const { app, ours, theirs, askers } = world
    const path = (id: string, workspace: string) =>
      `${app.url}/api/v1/connections/${id}/avatar?workspace=${workspace}`
    const { workspaceId } = ours.owner
    for (const { name, headers, may } of askers) {
      const { 'avow-workspace': _, ...asPicture } = headers
      const { status } = await ask(path(ours.connectionId, workspaceId), { headers: asPicture })
      if (may({ who: 'read' })) expect([200, 404], name).toContain(status)
      else expect([401, 403, 404], name).toContain(status)
      if (name === 'nobody') expect(status).toBe(401)
    }
    const { headers } = ownerOf(world)
    for (const url of [
      path(theirs.connectionId, workspaceId),
      path(theirs.connectionId, theirs.owner.workspaceId),
    ]) {
      expect((await ask(url, { headers })).status).toBe(404)
    }
  })

  it('let nobody come back from a network who did not go there', async () => {
    const { app, theirs } = world
    const url = await theirs.owner.consent()
    // A state that a stranger shows is used up, which harms nobody: the person begins anew.
    const beside = [...besideCalls, 'consents']
    const before = await printOf(app, beside)
    for (const { name, headers } of world.askers) {
      if (headers.cookie === theirs.owner.cookie) continue
      const { status, headers: told, text } = await ask(url.href, { headers })
      if (status === 303) expect(told.get('location'), name).toContain('connect_error=')
      else expect([400, 401, 403, 404], `${name} ${text}`).toContain(status)
      expect(text).not.toContain(canary)
    }
    expect(await printOf(app, beside)).toEqual(before)
  })

  it('tell figures to this machine only', async () => {
    const { platform } = world.app
    const server = createHttp(platform)
    mountHealth(server, platform.database)
    const from = (remoteAddress: string) => server.inject({ url: '/metrics', remoteAddress })
    expect((await from('203.0.113.7')).statusCode).toBe(404)
    expect((await from('::ffff:203.0.113.7')).statusCode).toBe(404)
    expect((await from('127.0.0.1')).statusCode).toBe(200)
    const forged = await server.inject({
      url: '/metrics',
      remoteAddress: '203.0.113.7',
      headers: { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' },
    })
    expect(forged.statusCode).toBe(404)
    await server.close()
  })
})

const assetRoute = { method: 'GET', path: '/assets/{id}' }

const beginUpload = (app: NetworksApp, headers: Record<string, string>) =>
  ask(`${app.url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      'tus-resumable': '1.0.0',
      'upload-length': '4',
      'upload-metadata': `name ${Buffer.from('a.jpg').toString('base64')}`,
    },
  })
