import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { landingPath } from '../features/accounts/landing.ts'
import { Waiting } from '../ui/states.tsx'
import { query, setWorkspaceOfCalls } from './api.ts'
import { faultOf } from './errors.ts'
import { Failure, NotFound } from './failure.tsx'
import { paths } from './paths.ts'
import { createQueryClient } from './query-client.ts'

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet })

const askToSignIn = (next: string) => redirect({ to: paths.signIn(), search: { next } })

/** Loads who is signed in, or sends to the sign-in page and back here afterwards. */
async function requirePerson(queries: QueryClient, here: string) {
  try {
    return await queries.ensureQueryData(query.accounts.me.queryOptions())
  } catch (error) {
    throw faultOf(error).code === 'unauthenticated' ? askToSignIn(here) : error
  }
}

/** Loads what a page reads before it shows, so that it never shows half. */
const reading =
  (...reads: ((queries: QueryClient) => Promise<unknown>)[]) =>
  async ({ context }: { context: { queryClient: QueryClient } }) => {
    await Promise.all(reads.map((read) => read(context.queryClient)))
  }

const { accounts, networks, privacy } = query
const readStart = (queries: QueryClient) => queries.ensureQueryData(accounts.start.queryOptions())
const readMe = (queries: QueryClient) => queries.ensureQueryData(accounts.me.queryOptions())
const readWorkspace = (queries: QueryClient) =>
  queries.ensureQueryData(accounts.workspace.queryOptions())
const readMembers = (queries: QueryClient) =>
  queries.ensureQueryData(accounts.members.queryOptions())
const readSignIns = (queries: QueryClient) =>
  queries.ensureQueryData(accounts.signIns.queryOptions())
const readConnections = (queries: QueryClient) =>
  queries.ensureQueryData(networks.connections.queryOptions())
const readNetworks = (queries: QueryClient) =>
  queries.ensureQueryData(networks.networks.queryOptions())
const readReceipts = (queries: QueryClient) =>
  queries.ensureQueryData(privacy.receipts.queryOptions())

const outside = { getParentRoute: () => root, loader: reading(readStart) }

const start = createRoute({
  ...outside,
  path: '/',
  component: lazyRouteComponent(() => import('../features/accounts/start-page.tsx'), 'StartPage'),
})
const signIn = createRoute({
  ...outside,
  path: paths.signIn(),
  component: lazyRouteComponent(
    () => import('../features/accounts/sign-in-page.tsx'),
    'SignInPage',
  ),
})
const signUp = createRoute({
  ...outside,
  path: paths.signUp(),
  component: lazyRouteComponent(
    () => import('../features/accounts/sign-up-page.tsx'),
    'SignUpPage',
  ),
})
const confirm = createRoute({
  ...outside,
  path: paths.confirm(),
  component: lazyRouteComponent(
    () => import('../features/accounts/confirm-page.tsx'),
    'ConfirmPage',
  ),
})
const forgot = createRoute({
  ...outside,
  path: paths.forgot(),
  component: lazyRouteComponent(() => import('../features/accounts/forgot-page.tsx'), 'ForgotPage'),
})
const reset = createRoute({
  ...outside,
  path: paths.reset(),
  component: lazyRouteComponent(() => import('../features/accounts/reset-page.tsx'), 'ResetPage'),
})
const invite = createRoute({
  ...outside,
  path: paths.invite(),
  component: lazyRouteComponent(() => import('../features/accounts/invite-page.tsx'), 'InvitePage'),
})
const landing = createRoute({
  getParentRoute: () => root,
  path: paths.landing(),
  beforeLoad: async ({ context, location }) => {
    await requirePerson(context.queryClient, location.href)
    throw redirect({ to: await landingPath(context.queryClient), replace: true })
  },
})
const newWorkspace = createRoute({
  getParentRoute: () => root,
  path: paths.newWorkspace(),
  beforeLoad: ({ context, location }) => requirePerson(context.queryClient, location.href),
  component: lazyRouteComponent(
    () => import('../features/accounts/new-workspace-page.tsx'),
    'NewWorkspacePage',
  ),
})

let workspaceShown: string | null = null

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$workspaceId',
  beforeLoad: async ({ context, params, location, preload }) => {
    if (preload) return
    // Nothing that was read in one workspace may show in another.
    if (workspaceShown && workspaceShown !== params.workspaceId) context.queryClient.clear()
    workspaceShown = params.workspaceId
    setWorkspaceOfCalls(params.workspaceId)
    await requirePerson(context.queryClient, location.href)
  },
  loader: reading(readWorkspace, readMe, readStart),
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
})

const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: paths.calendar(params.workspaceId), replace: true })
  },
})

const inside = { getParentRoute: () => workspace }

const settings = [
  createRoute({
    ...inside,
    path: 'connections',
    loader: reading(readConnections, readNetworks),
    component: lazyRouteComponent(() => import('./connections-page.tsx'), 'ConnectionsPage'),
  }),
  createRoute({
    ...inside,
    path: 'receipts',
    loader: reading(readReceipts),
    component: lazyRouteComponent(
      () => import('../features/privacy/receipts-page.tsx'),
      'ReceiptsPage',
    ),
  }),
  createRoute({
    ...inside,
    path: 'settings/workspace',
    loader: reading(readConnections),
    component: lazyRouteComponent(
      () => import('../features/accounts/workspace-page.tsx'),
      'WorkspacePage',
    ),
  }),
  createRoute({
    ...inside,
    path: 'settings/members',
    loader: reading(readMembers),
    component: lazyRouteComponent(
      () => import('../features/accounts/members-page.tsx'),
      'MembersPage',
    ),
  }),
  createRoute({
    ...inside,
    path: 'settings/keys',
    component: lazyRouteComponent(() => import('../features/accounts/keys-page.tsx'), 'KeysPage'),
  }),
  createRoute({
    ...inside,
    path: 'settings/queue',
    loader: reading(readConnections),
    component: lazyRouteComponent(() => import('./queue-page.tsx'), 'QueuePage'),
  }),
  createRoute({
    ...inside,
    path: 'account/security',
    loader: reading(readSignIns),
    component: lazyRouteComponent(
      () => import('../features/accounts/security-page.tsx'),
      'SecurityPage',
    ),
  }),
]

const publishing = () => import('./publishing-pages.tsx')
const posting = [
  createRoute({
    ...inside,
    path: 'calendar',
    component: lazyRouteComponent(publishing, 'CalendarPage'),
  }),
  createRoute({ ...inside, path: 'posts', component: lazyRouteComponent(publishing, 'PostsPage') }),
  createRoute({
    ...inside,
    path: 'posts/new',
    component: lazyRouteComponent(publishing, 'NewPostPage'),
  }),
  createRoute({
    ...inside,
    path: 'posts/$postId',
    component: lazyRouteComponent(publishing, 'PostPage'),
  }),
  createRoute({
    ...inside,
    path: 'posts/$postId/edit',
    component: lazyRouteComponent(publishing, 'EditPostPage'),
  }),
  createRoute({
    ...inside,
    path: 'library',
    component: lazyRouteComponent(publishing, 'LibraryPage'),
  }),
]

export const queryClient = createQueryClient(() => {
  const { pathname, href } = router.state.location
  if (pathname.startsWith('/w/')) {
    void router.navigate({ to: paths.signIn(), search: { next: href }, replace: true })
  }
})

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    signIn,
    signUp,
    confirm,
    forgot,
    reset,
    invite,
    landing,
    newWorkspace,
    workspace.addChildren([workspaceHome, ...posting, ...settings]),
  ]),
  context: { queryClient },
  defaultPreload: 'intent',
  // TanStack Query says how old is too old.
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: Waiting,
  defaultPendingMs: 300,
  defaultErrorComponent: Failure,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})
