import { Avatar, Group, Menu, Text, UnstyledButton } from '@mantine/core'
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { MenuItemLink } from '../ui/links.tsx'
import { query } from './api.ts'
import { paths } from './paths.ts'
import classes from './shell.module.css'

/** Which workspace this is, and the way to the others. */
export function WorkspaceSwitcher({ workspaceId }: { workspaceId: string }) {
  const { data: workspace } = useSuspenseQuery(query.accounts.workspace.queryOptions())
  const { data: me } = useSuspenseQuery(query.accounts.me.queryOptions())
  return (
    <Menu position="bottom-start" width={236}>
      <Menu.Target>
        <UnstyledButton className={classes.switcher} aria-label={`Workspace ${workspace.name}`}>
          <Avatar radius="md" size={32} color="avow" variant="filled" aria-hidden="true">
            {workspace.name.slice(0, 1).toUpperCase()}
          </Avatar>
          <Text fw={600} truncate flex={1}>
            {workspace.name}
          </Text>
          <IconSelector size={16} stroke={1.6} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Workspaces</Menu.Label>
        {me.workspaces.map(({ id, name }) => (
          // A new page load, so that nothing of this workspace can show in the other.
          <MenuItemLink
            key={id}
            to={paths.calendar(id)}
            reloadDocument
            preload={false}
            rightSection={id === workspaceId ? <IconCheck size={16} /> : null}
          >
            <Group gap="xs" wrap="nowrap">
              <Text fz="sm" truncate>
                {name}
              </Text>
            </Group>
          </MenuItemLink>
        ))}
        <Menu.Divider />
        <MenuItemLink to={paths.newWorkspace()} leftSection={<IconPlus size={16} />}>
          New workspace
        </MenuItemLink>
      </Menu.Dropdown>
    </Menu>
  )
}
