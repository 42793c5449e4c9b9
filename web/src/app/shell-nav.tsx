import { Group, Stack, Text, UnstyledButton } from '@mantine/core'
import {
  IconCalendar,
  IconClockHour4,
  IconFileText,
  IconKey,
  IconPhoto,
  IconPlugConnected,
  IconReceipt,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'
import { createLink, useLocation } from '@tanstack/react-router'
import type { ComponentType, ReactNode, Ref } from 'react'
import { NavItemLink } from '../ui/links.tsx'
import { paths } from './paths.ts'
import classes from './shell.module.css'

export type Place = {
  label: string
  to: (workspaceId: string) => string
  icon: ComponentType<{ size?: number; stroke?: number }>
}

/** Where one goes every day. */
export const mainPlaces: Place[] = [
  { label: 'Calendar', to: paths.calendar, icon: IconCalendar },
  { label: 'Posts', to: paths.posts, icon: IconFileText },
  { label: 'Library', to: paths.library, icon: IconPhoto },
  { label: 'Connections', to: paths.connections, icon: IconPlugConnected },
]

/** Where one sets things up. */
export const settingPlaces: Place[] = [
  { label: 'Workspace', to: paths.workspaceSettings, icon: IconSettings },
  { label: 'Members', to: paths.members, icon: IconUsers },
  { label: 'Queue', to: paths.queue, icon: IconClockHour4 },
  { label: 'API keys', to: paths.keys, icon: IconKey },
  { label: 'Receipts', to: paths.receipts, icon: IconReceipt },
]

function PlaceLinks({ places, workspaceId }: { places: Place[]; workspaceId: string }) {
  const here = useLocation({ select: (location) => location.pathname })
  return places.map(({ label, to, icon: Icon }) => (
    <NavItemLink
      key={label}
      to={to(workspaceId)}
      label={label}
      leftSection={<Icon size={18} stroke={1.6} />}
      active={here.startsWith(to(workspaceId))}
      className={classes.place}
    />
  ))
}

export function SideNav({ workspaceId }: { workspaceId: string }) {
  return (
    <Stack component="nav" aria-label="Pages" gap={2}>
      <PlaceLinks places={mainPlaces} workspaceId={workspaceId} />
      <Text fz="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>
        Settings
      </Text>
      <PlaceLinks places={settingPlaces} workspaceId={workspaceId} />
    </Stack>
  )
}

type BarAnchorProps = { ref?: Ref<HTMLAnchorElement>; children?: ReactNode; className?: string }
const BarLink = createLink((props: BarAnchorProps) => <UnstyledButton component="a" {...props} />)

export function BottomBar({ workspaceId }: { workspaceId: string }) {
  return (
    <Group component="nav" aria-label="Pages" grow gap={0} h="100%" wrap="nowrap">
      {mainPlaces.map(({ label, to, icon: Icon }) => (
        <BarLink key={label} to={to(workspaceId)} className={classes.bar}>
          <Icon size={22} stroke={1.6} />
          {label}
        </BarLink>
      ))}
    </Group>
  )
}
