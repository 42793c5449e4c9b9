import {
  Avatar,
  Menu,
  SegmentedControl,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core'
import { IconLogout, IconShieldLock } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useSignOut } from '../features/accounts/use-sign-out.ts'
import { MenuItemLink } from '../ui/links.tsx'
import { query } from './api.ts'
import { paths } from './paths.ts'
import classes from './shell.module.css'

const schemes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As device' },
]
type Scheme = 'light' | 'dark' | 'auto'

/** Light, dark, or as the device has it: for the drawer of a phone. */
export function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      aria-label="Colours"
      fullWidth
      size="xs"
      data={schemes}
      value={colorScheme}
      onChange={(scheme) => setColorScheme(scheme as Scheme)}
    />
  )
}

/** The person: security, colours, signing out. */
export function AccountMenu({ workspaceId }: { workspaceId: string }) {
  const { data: me } = useSuspenseQuery(query.accounts.me.queryOptions())
  const signOut = useSignOut()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu position="top-start" width={236} closeOnItemClick>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={`Account of ${me.person.name}`}>
          <Avatar size={30} name={me.person.name} color="avow" aria-hidden="true" />
          <Text fz="sm" fw={500} truncate>
            {me.person.name}
          </Text>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label style={{ overflowWrap: 'anywhere' }}>{me.person.email}</Menu.Label>
        <MenuItemLink
          to={paths.security(workspaceId)}
          leftSection={<IconShieldLock size={16} stroke={1.6} />}
        >
          Security
        </MenuItemLink>
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as Scheme)}
        >
          {schemes.map(({ value, label }) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick={false}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.6} />}
          onClick={() => signOut.mutate()}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
