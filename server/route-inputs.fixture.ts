import { newPerson } from './modules/networks/networks.fixture.ts'
import { newId } from './platform/ids.ts'
import {
  type Asker,
  addPicture,
  type Input,
  invitationFor,
  join,
  keyOf,
  memberOf,
  ok,
  sessionOf,
  type Workspace,
} from './two-workspaces.fixture.ts'

type Make = (workspace: Workspace, asker: Asker) => Input | Promise<Input>

/**
 * For each route an input that it takes, with something fresh for what a route uses up. All fields
 * that the contract knows are there, so that every id in them can be exchanged.
 */
export const inputs: Record<string, Make> = {
  'accounts.start': () => ({}),
  'accounts.openSample': () => ({}),
  'accounts.me': () => ({}),
  'accounts.securityLog': () => ({ cursor: newId(), limit: 5 }),
  'accounts.signIns': () => ({}),
  'accounts.endSignIn': async (_workspace, { person }) => {
    if (!person) return { id: newId() }
    const before = person.cookie
    await person.signIn()
    person.cookie = before
    return { id: await newestSession(person) }
  },
  'accounts.createWorkspace': () => ({ name: 'Another', timeZone: 'Asia/Kolkata', weekStart: 0 }),
  'accounts.workspace': () => ({}),
  'accounts.updateWorkspace': ({ connectionId }) => ({
    name: 'Ours',
    timeZone: 'Europe/Amsterdam',
    weekStart: 1,
    defaultConnectionId: connectionId,
  }),
  'accounts.members': () => ({}),
  'accounts.changeRole': async ({ owner }) => ({
    id: await memberOf(await join(owner, 'viewer')),
    role: 'editor',
  }),
  'accounts.removeMember': async ({ owner }) => ({
    id: await memberOf(await join(owner, 'viewer')),
  }),
  'accounts.invitations': () => ({}),
  'accounts.invite': () => ({ email: `${newId()}@example.com`, role: 'editor' }),
  'accounts.withdrawInvitation': async ({ owner }) => {
    const wanted = { email: `${newId()}@example.com`, role: 'viewer' }
    const { body } = await ok(owner.api('POST', '/invitations', wanted))
    return { id: body.id }
  },
  'accounts.showInvitation': async ({ owner }, { person }) => ({
    token: await invitationFor(owner, person),
  }),
  // To a workspace of its own: nobody may become a member of the two.
  'accounts.acceptInvitation': async ({ owner }, { person }) => ({
    token: await invitationFor(await newPerson(owner.app, 'Host'), person),
  }),
  'accounts.apiKeys': () => ({}),
  'accounts.createApiKey': () => ({ name: 'A key', permissions: ['read'], expiresInDays: 30 }),
  'accounts.revokeApiKey': async (workspace) => ({ id: (await keyOf(workspace, ['read'])).id }),

  'networks.networks': () => ({}),
  'networks.connections': () => ({}),
  'networks.connect': ({ connectionId, owner }) => ({
    network: 'pinterest',
    connectionId,
    returnTo: `/w/${owner.workspaceId}/connections`,
  }),
  'networks.updateConnection': ({ connectionId, boards }) => ({
    id: connectionId,
    label: 'Renamed',
    defaultDestination: { id: boards[0], childId: null },
  }),
  'networks.disconnect': async ({ owner }) => ({ id: await spareConnection(owner) }),
  'networks.profile': ({ connectionId }) => ({ id: connectionId }),
  'networks.destinations': ({ connectionId }) => ({ id: connectionId }),
  'networks.destinationChildren': ({ connectionId, boards }) => ({
    id: connectionId,
    destinationId: boards[0],
  }),
  'privacy.receipts': ({ cursors }) => ({ cursor: cursors.receipts, limit: 5 }),

  'media.assets': ({ cursors }) => ({
    cursor: cursors.assets,
    limit: 5,
    kind: 'image',
    search: 'jpg',
  }),
  'media.asset': ({ assetId }) => ({ id: assetId }),
  'media.updateAsset': ({ assetId }) => ({ id: assetId, name: 'renamed.jpg', altText: 'Dahlias' }),
  'media.deleteAsset': async ({ owner }) => ({ id: await addPicture(owner, 'spare.jpg') }),

  'publishing.posts': ({ cursors, connectionId }) => ({
    cursor: cursors.posts,
    limit: 5,
    search: 'Ours',
    state: 'draft',
    connectionId,
  }),
  'publishing.post': ({ postId }) => ({ id: postId }),
  'publishing.createPost': (workspace) => contentOf(workspace),
  'publishing.updatePost': async (workspace) => {
    const { id, version } = await draft(workspace)
    return { id, version, ...contentOf(workspace) }
  },
  'publishing.deletePost': async (workspace) => ({ id: (await draft(workspace)).id }),
  'publishing.duplicatePost': ({ postId }) => ({ id: postId }),
  'publishing.checkPost': (workspace) => ({ ...contentOf(workspace), postId: workspace.postId }),
  'publishing.schedulePost': async (workspace) => {
    const { id, version } = await draft(workspace)
    return {
      id,
      version,
      when: { kind: 'at', local: '2031-01-01T09:30', repeatedHour: 'first' },
      spacingMinutes: 5,
      acceptWarnings: ['duplicate_post'],
    }
  },
  'publishing.calendar': ({ connectionId, cursors }) => ({
    from: '2030-05-01',
    to: '2030-06-01',
    connectionId,
    state: 'scheduled',
    cursor: cursors.calendar,
    limit: 5,
  }),
  'publishing.reschedule': async (workspace) => ({
    id: await targetIn(workspace, 'scheduled'),
    to: { local: '2031-02-01T10:00', repeatedHour: 'first' },
  }),
  'publishing.cancel': async (workspace) => ({ id: await targetIn(workspace, 'scheduled') }),
  'publishing.retry': async (workspace) => ({ id: await targetIn(workspace, 'failed') }),
  'publishing.resolve': async (workspace) => ({
    id: await targetIn(workspace, 'needs_review'),
    found: {
      kind: 'there',
      url: `https://www.pinterest.com/pin/${10n ** 16n + BigInt(Math.floor(Math.random() * 1e12))}/`,
    },
  }),
  'publishing.attempts': ({ targetId }) => ({ id: targetId }),
  'publishing.slots': ({ connectionId }) => ({ id: connectionId }),
  'publishing.setSlots': ({ connectionId }) => ({
    id: connectionId,
    items: [{ weekday: 1, time: '09:30' }],
  }),
  'live.events': () => ({}),
}

function contentOf({ connectionId, assetId, coverId, boards }: Workspace): Input {
  return {
    title: 'A title',
    body: 'A body',
    link: 'https://example.com/page',
    media: [{ assetId, altText: 'Words', coverAssetId: coverId, coverAtMs: null }],
    targets: [{ connectionId, destination: { id: boards[0], childId: null } }],
  }
}

async function draft({ owner, connectionId, assetId, boards }: Workspace) {
  const { body } = await ok(
    owner.api('POST', '/posts', {
      title: newId(),
      body: newId(),
      media: [{ assetId, altText: 'Words' }],
      targets: [{ connectionId, destination: { id: boards[0], childId: null } }],
    }),
  )
  return body as { id: string; version: number; targets: [{ id: string }] }
}

async function targetIn(workspace: Workspace, state: string): Promise<string> {
  const { id, version, targets } = await draft(workspace)
  const { owner } = workspace
  await ok(
    owner.api('POST', `/posts/${id}/schedule`, {
      version,
      when: { kind: 'at', local: '2031-01-01T09:30' },
      acceptWarnings: ['duplicate_post'],
    }),
  )
  await owner.app.admin.query('update targets set state = $2 where id = $1', [targets[0].id, state])
  return targets[0].id
}

/** A connection that no other test needs, made as a copy of a row: it holds no tokens. */
async function spareConnection({ app, workspaceId, id: personId }: Workspace['owner']) {
  const id = newId()
  await app.admin.query(
    `insert into connections (workspace_id, id, network, account_id, label, status, scopes, connected_by)
     values ($1, $2, 'pinterest', $3, 'Spare', 'active', '{}', $4)`,
    [workspaceId, id, id, personId],
  )
  return id
}

async function newestSession(person: Workspace['owner']): Promise<string> {
  const { rows } = await person.app.admin.query<{ id: string }>(
    'select id from sessions where user_id = $1 order by id desc limit 1',
    [person.id],
  )
  return rows[0]?.id ?? sessionOf(person)
}
