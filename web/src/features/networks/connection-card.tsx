import {
  Alert,
  Avatar,
  Badge,
  Button,
  Divider,
  Group,
  Menu,
  Paper,
  Skeleton,
  Stack,
  Text,
  Title,
  Tooltip,
} from '@mantine/core'
import { IconDots, IconPencil, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Can } from '../../../../contract/base.ts'
import type { Connection, ConnectionStatus } from '../../../../contract/networks.ts'
import { query } from '../../app/api.ts'
import { faultOf } from '../../app/errors.ts'
import { Ago } from '../../ui/ago.tsx'
import { CanButton, CanIcon } from '../../ui/can-button.tsx'
import { DefaultDestination } from './default-destination.tsx'
import { RenameConnection } from './rename-connection.tsx'
import { ScopeList } from './scope-list.tsx'
import { useConnect } from './use-connect.ts'
import { useManifest } from './use-manifest.ts'

const statuses: Record<ConnectionStatus, { label: string; color: string }> = {
  active: { label: 'Active', color: 'avow' },
  expiring: { label: 'Expiring', color: 'yellow' },
  needs_sign_in: { label: 'Needs sign-in', color: 'orange' },
  revoked: { label: 'Revoked', color: 'red' },
}

/** Whether the network still answers for this account, so that asking makes sense. */
const canAsk = ({ status }: Connection) => status === 'active' || status === 'expiring'

type Props = {
  connection: Connection
  workspaceId: string
  may: Can
  onDisconnect: () => void
}

/** One account: who it is there, how it stands, what it may do, and where its posts go. */
export function ConnectionCard({ connection, workspaceId, may, onDisconnect }: Props) {
  const [renaming, setRenaming] = useState(false)
  const connect = useConnect(workspaceId)
  const signInAgain = () =>
    connect.mutate({ network: connection.network, connectionId: connection.id })
  return (
    <Paper withBorder radius="lg" p="lg" component="article" aria-label={connection.label}>
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Who connection={connection} />
          <CardMenu
            connection={connection}
            may={may}
            onRename={() => setRenaming(true)}
            onSignIn={signInAgain}
            onDisconnect={onDisconnect}
          />
        </Group>
        {connection.status === 'active' ? null : (
          <Alert color={statuses[connection.status].color}>
            <Stack gap="sm" align="flex-start">
              <Text fz="sm">{connection.statusWords}</Text>
              <CanButton can={may} size="xs" loading={connect.isPending} onClick={signInAgain}>
                Sign in again
              </CanButton>
            </Stack>
          </Alert>
        )}
        {canAsk(connection) ? <DefaultDestination connection={connection} may={may} /> : null}
        <Divider />
        <ScopeList scopes={connection.scopes} />
        <Text fz="xs" c="dimmed">
          Connected <Ago at={connection.connectedAt} span />,{' '}
          {connection.lastUsedAt ? (
            <>
              last used <Ago at={connection.lastUsedAt} span />
            </>
          ) : (
            'not used yet'
          )}
        </Text>
      </Stack>
      {renaming ? (
        <RenameConnection connection={connection} onClose={() => setRenaming(false)} />
      ) : null}
    </Paper>
  )
}

/** Our label at once; the name and picture of the account as soon as the network has answered. */
function Who({ connection }: { connection: Connection }) {
  const manifest = useManifest(connection.network)
  const profile = useQuery(
    query.networks.profile.queryOptions({
      input: { id: connection.id },
      staleTime: 300_000,
      enabled: canAsk(connection),
    }),
  )
  const network = manifest?.label ?? connection.network
  const { label, color } = statuses[connection.status]
  return (
    <Group wrap="nowrap" align="flex-start" gap="md" miw={0}>
      <Skeleton visible={profile.isLoading} circle w={48} h={48}>
        <Avatar src={profile.data?.avatarUrl ?? null} alt="" size={48} color="avow">
          {connection.label.slice(0, 1).toUpperCase()}
        </Avatar>
      </Skeleton>
      <Stack gap={2} miw={0}>
        <Group gap="xs">
          <Title order={2} fz="md" style={{ overflowWrap: 'anywhere' }}>
            {connection.label}
          </Title>
          <Tooltip label={connection.statusWords} disabled={!connection.statusWords}>
            <Badge variant="light" color={color} tt="none">
              {label}
            </Badge>
          </Tooltip>
        </Group>
        {profile.isLoading ? (
          <Skeleton
            h={14}
            w={160}
            mt={5}
            mb={2}
            role="status"
            aria-label="Asking the network for its name"
          />
        ) : (
          <Text fz="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {profile.data
              ? `${network} · ${profile.data.name} (@${profile.data.username})`
              : profile.error
                ? `${network} · ${faultOf(profile.error).message}`
                : network}
          </Text>
        )}
      </Stack>
    </Group>
  )
}

type MenuProps = {
  connection: Connection
  may: Can
  onRename: () => void
  onSignIn: () => void
  onDisconnect: () => void
}

function CardMenu({ connection, may, onRename, onSignIn, onDisconnect }: MenuProps) {
  const icon = <IconDots size={20} />
  const label = `Options of ${connection.label}`
  if (!may.ok) {
    return (
      <CanIcon can={may} variant="subtle" color="gray" aria-label={label}>
        {icon}
      </CanIcon>
    )
  }
  const { disconnect } = connection.can
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" px={8} flex="none" aria-label={label}>
          {icon}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onRename}>
          Rename
        </Menu.Item>
        <Menu.Item leftSection={<IconRefresh size={16} />} onClick={onSignIn}>
          Sign in again
        </Menu.Item>
        <Menu.Divider />
        <Tooltip label={disconnect.why} disabled={disconnect.ok} position="left">
          <Menu.Item
            color="red"
            leftSection={<IconPlugConnectedX size={16} />}
            aria-disabled={!disconnect.ok}
            data-disabled={disconnect.ok ? undefined : true}
            onClick={disconnect.ok ? onDisconnect : undefined}
          >
            Disconnect
          </Menu.Item>
        </Tooltip>
      </Menu.Dropdown>
    </Menu>
  )
}
