import { ColorSwatch, Group, Text } from '@mantine/core'
import type { Connection, Manifest } from '../../../../contract/networks.ts'

type Props = { connection: Pick<Connection, 'label' | 'network'>; manifest: Manifest | undefined }

/** A connection by its own name, with the colour and the name of its network. */
export function ConnectionName({ connection, manifest }: Props) {
  const network = manifest?.label ?? connection.network
  return (
    <Group gap={8} wrap="nowrap" miw={0}>
      <ColorSwatch size={12} color={manifest?.colour ?? 'gray'} withShadow={false} aria-hidden />
      <Text size="sm" fw={500} truncate>
        {connection.label}
      </Text>
      {network === connection.label ? null : (
        <Text size="xs" c="dimmed">
          {network}
        </Text>
      )}
    </Group>
  )
}
