import { Divider, Drawer, Group, NavLink, Stack } from '@mantine/core'
import { IconLogout, IconSearch } from '@tabler/icons-react'
import { useSignOut } from '../features/accounts/use-sign-out.ts'
import { SchemeChoice } from './account-menu.tsx'
import { accountPlaces, settingPlaces } from './places.ts'
import { PlaceLinks, SandboxBadge } from './shell-nav.tsx'
import { WorkspaceSwitcher } from './workspace-switcher.tsx'

type Props = { workspaceId: string; opened: boolean; onClose: () => void; onSearch: () => void }

/** On a phone: everything that the bottom bar has no room for. */
export function MoreDrawer({ workspaceId, opened, onClose, onSearch }: Props) {
  const signOut = useSignOut()
  return (
    <Drawer opened={opened} onClose={onClose} position="bottom" size="auto" title="More">
      <Stack gap="sm" pb="md">
        <WorkspaceSwitcher workspaceId={workspaceId} />
        <Stack component="nav" aria-label="More pages" gap={2}>
          <NavLink
            component="button"
            label="Go to…"
            leftSection={<IconSearch size={18} stroke={1.6} />}
            onClick={() => {
              onClose()
              onSearch()
            }}
          />
          <PlaceLinks
            places={[...settingPlaces, ...accountPlaces]}
            workspaceId={workspaceId}
            onGo={onClose}
          />
        </Stack>
        <Divider />
        <SchemeChoice />
        <Group justify="space-between">
          <SandboxBadge />
          <NavLink
            component="button"
            w="auto"
            label="Sign out"
            leftSection={<IconLogout size={18} stroke={1.6} />}
            onClick={() => signOut.mutate()}
          />
        </Group>
      </Stack>
    </Drawer>
  )
}
