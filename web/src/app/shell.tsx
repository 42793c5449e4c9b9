import { AppShell, Box, Group } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { ModalsProvider } from '@mantine/modals'
import { Outlet, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { rememberWorkspace } from '../features/accounts/landing.ts'
import { Brand } from '../ui/brand.tsx'
import { useLive } from './live.ts'
import { MoreDrawer } from './more-drawer.tsx'
import classes from './shell.module.css'
import { BottomBar, LiveMark, SandboxBadge, SideNav } from './shell-nav.tsx'

const Commands = lazy(() => import('./commands.tsx').then((it) => ({ default: it.Commands })))

/** The frame around every page of a workspace: side bar when wide, bottom bar on a phone. */
export function Shell() {
  const { workspaceId } = useParams({ strict: false })
  if (!workspaceId) throw new Error('The shell stands under /w/:workspaceId')
  return (
    <ModalsProvider>
      {/* Another workspace starts afresh, its live updates too. */}
      <Frame key={workspaceId} workspaceId={workspaceId} />
    </ModalsProvider>
  )
}

function Frame({ workspaceId }: { workspaceId: string }) {
  const live = useLive()
  const [more, { open: openMore, close: closeMore }] = useDisclosure(false)
  const [asked, setAsked] = useState(0)
  const search = () => setAsked((times) => times + 1)
  useHotkeys([['mod+K', search]], [])
  useEffect(() => rememberWorkspace(workspaceId), [workspaceId])
  return (
    <AppShell
      padding={{ base: 'md', sm: 'xl' }}
      header={{ height: { base: 56, sm: 0 } }}
      footer={{ height: { base: 64, sm: 0 } }}
      navbar={{ width: 260, breakpoint: 'sm', collapsed: { mobile: true } }}
    >
      <a href="#content" className={classes.skip}>
        Skip to the page
      </a>
      <AppShell.Header hiddenFrom="sm" px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Brand />
          <Group gap="xs" wrap="nowrap">
            <LiveMark state={live} />
            <SandboxBadge />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" visibleFrom="sm">
        <SideNav workspaceId={workspaceId} live={live} onSearch={search} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <Box maw={1280} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm">
        <BottomBar workspaceId={workspaceId} onMore={openMore} />
      </AppShell.Footer>
      <MoreDrawer workspaceId={workspaceId} opened={more} onClose={closeMore} onSearch={search} />
      <Suspense>{asked > 0 ? <Commands workspaceId={workspaceId} asked={asked} /> : null}</Suspense>
    </AppShell>
  )
}
