import { AppShell, Box } from '@mantine/core'
import { Outlet, useParams } from '@tanstack/react-router'
import { Brand } from '../ui/brand.tsx'
import { BottomBar, SideNav } from './shell-nav.tsx'

/** The frame around every page of a workspace: side bar when wide, bottom bar on a phone. */
export function Shell() {
  const { workspaceId } = useParams({ strict: false })
  if (!workspaceId) throw new Error('The shell stands under /w/:workspaceId')
  return (
    <AppShell
      padding={{ base: 'md', sm: 'xl' }}
      header={{ height: { base: 56, sm: 0 } }}
      footer={{ height: { base: 64, sm: 0 } }}
      navbar={{ width: 252, breakpoint: 'sm', collapsed: { mobile: true } }}
    >
      <AppShell.Header hiddenFrom="sm" px="md">
        <Brand />
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <SideNav workspaceId={workspaceId} />
      </AppShell.Navbar>
      <AppShell.Main>
        <Box maw={1280} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm">
        <BottomBar workspaceId={workspaceId} />
      </AppShell.Footer>
    </AppShell>
  )
}
