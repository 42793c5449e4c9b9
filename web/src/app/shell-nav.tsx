import { Badge, Group, Kbd, Loader, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createLink, useLocation } from '@tanstack/react-router'
import type { ReactNode, Ref } from 'react'
import { worldUrl } from '../features/accounts/sandbox-links.ts'
import { NavItemLink } from '../ui/links.tsx'
import { AccountMenu } from './account-menu.tsx'
import { query } from './api.ts'
import type { LiveState } from './follow-live.ts'
import { mainPlaces, type Place, settingPlaces } from './places.ts'
import classes from './shell.module.css'
import { WorkspaceSwitcher } from './workspace-switcher.tsx'

type PlacesProps = { places: Place[]; workspaceId: string; onGo?: () => void }

/** Links to pages, the one where we are marked. */
export function PlaceLinks({ places, workspaceId, onGo }: PlacesProps) {
  const here = useLocation({ select: (location) => location.pathname })
  return places.map(({ label, to, icon: Icon }) => {
    const active = here.startsWith(to(workspaceId))
    return (
      <NavItemLink
        key={label}
        to={to(workspaceId)}
        label={label}
        leftSection={<Icon size={18} stroke={1.6} />}
        active={active}
        aria-current={active ? 'page' : undefined}
        className={classes.place}
        onClick={onGo}
      />
    )
  })
}

/** Says that the page is not live just now. Takes no place while it is. */
export function LiveMark({ state }: { state: LiveState }) {
  return (
    <div role="status">
      {state === 'reconnecting' ? (
        <Group gap={8} px="sm" py={6}>
          <Loader size={12} />
          <Text fz="xs" c="dimmed">
            Reconnecting…
          </Text>
        </Group>
      ) : null}
    </div>
  )
}

/** Says that networks and mail are played here, and leads to where they are. */
export function SandboxBadge() {
  const { data } = useSuspenseQuery(query.accounts.start.queryOptions())
  if (!data.sandboxUrl) return null
  return (
    <Badge
      component="a"
      href={worldUrl(data.sandboxUrl)}
      target="_blank"
      variant="light"
      color="yellow"
      tt="none"
      className={classes.sandbox}
      title="Networks and mail are played on this machine. Open their world."
    >
      Sandbox
    </Badge>
  )
}

type NavProps = { workspaceId: string; live: LiveState; onSearch: () => void }

export function SideNav({ workspaceId, live, onSearch }: NavProps) {
  return (
    <Stack gap="sm" h="100%">
      <WorkspaceSwitcher workspaceId={workspaceId} />
      <UnstyledButton className={classes.search} onClick={onSearch}>
        <IconSearch size={16} stroke={1.6} />
        <span>Go to…</span>
        <Kbd size="xs" ml="auto">
          Ctrl K
        </Kbd>
      </UnstyledButton>
      <Stack component="nav" aria-label="Pages" gap={2} className={classes.scroll}>
        <PlaceLinks places={mainPlaces} workspaceId={workspaceId} />
        <Text fz="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>
          Settings
        </Text>
        <PlaceLinks places={settingPlaces} workspaceId={workspaceId} />
      </Stack>
      <LiveMark state={live} />
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <AccountMenu workspaceId={workspaceId} />
        <SandboxBadge />
      </Group>
    </Stack>
  )
}

type BarAnchorProps = { ref?: Ref<HTMLAnchorElement>; children?: ReactNode; className?: string }
const BarAnchor = (props: BarAnchorProps) => <UnstyledButton component="a" {...props} />
const BarLink = createLink(BarAnchor)

/** The pages of every day, within reach of a thumb. */
export function BottomBar({ workspaceId, onMore }: { workspaceId: string; onMore: () => void }) {
  return (
    <Group component="nav" aria-label="Pages" grow gap={0} h="100%" wrap="nowrap">
      {mainPlaces.map(({ label, to, icon: Icon }) => (
        <BarLink key={label} to={to(workspaceId)} className={classes.bar}>
          <Icon size={22} stroke={1.6} />
          {label}
        </BarLink>
      ))}
      <UnstyledButton className={classes.bar} onClick={onMore} aria-haspopup="dialog">
        <IconMenu2 size={22} stroke={1.6} />
        More
      </UnstyledButton>
    </Group>
  )
}
