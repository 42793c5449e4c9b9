import { Group, Stack, Text, Title } from '@mantine/core'
import type { Can } from '../../../../contract/base.ts'
import type { Connection } from '../../../../contract/networks.ts'
import { CanButton } from '../../ui/can-button.tsx'
import { Rows } from '../../ui/rows.tsx'
import { useConnect } from './use-connect.ts'
import { useManifest } from './use-manifest.ts'

type Props = { connections: Connection[]; workspaceId: string; may: Can }

/** Accounts that were disconnected. Only their names are left, because past posts name them. */
export function Disconnected({ connections, workspaceId, may }: Props) {
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        Disconnected
      </Title>
      <Rows>
        {connections.map((connection) => (
          <Row key={connection.id} connection={connection} workspaceId={workspaceId} may={may} />
        ))}
      </Rows>
    </Stack>
  )
}

function Row({
  connection,
  workspaceId,
  may,
}: Omit<Props, 'connections'> & { connection: Connection }) {
  const manifest = useManifest(connection.network)
  const connect = useConnect(workspaceId)
  return (
    <Group p="md" justify="space-between">
      <Stack gap={0} flex={1} miw={220}>
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {connection.label}
        </Text>
        <Text fz="sm" c="dimmed">
          {manifest?.label ?? connection.network}. {connection.statusWords}
        </Text>
      </Stack>
      <CanButton
        can={may}
        variant="default"
        size="xs"
        loading={connect.isPending}
        onClick={() => connect.mutate({ network: connection.network, connectionId: connection.id })}
      >
        Connect again
      </CanButton>
    </Group>
  )
}
