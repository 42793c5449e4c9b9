import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
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

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  loader: ({ context }) => context.queryClient.ensureQueryData(query.accounts.start.queryOptions()),
  component: lazyRouteComponent(() => import('../features/accounts/start-page.tsx'), 'StartPage'),
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
  loader: ({ context }) =>
    context.queryClient.ensureQueryData(query.accounts.workspace.queryOptions()),
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
})

const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: paths.calendar(params.workspaceId), replace: true })
  },
})

export const queryClient = createQueryClient(() => {
  const { pathname, href } = router.state.location
  if (pathname.startsWith('/w/')) {
    void router.navigate({ to: paths.signIn(), search: { next: href }, replace: true })
  }
})

export const router = createRouter({
  routeTree: root.addChildren([start, workspace.addChildren([workspaceHome])]),
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
