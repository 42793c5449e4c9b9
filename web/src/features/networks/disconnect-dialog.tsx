import { Button, Group, List, Modal, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { Connection, Receipt } from '../../../../contract/networks.ts'
import { api } from '../../app/api.ts'
import { showFault } from '../../app/errors.ts'
import { useManifest } from './use-manifest.ts'

export type ShownReceipt = z.infer<typeof Receipt>

type Props = {
  connection: Connection
  showReceipt: (receipt: ShownReceipt) => ReactNode
  onClose: () => void
}

/** Says what disconnecting will do, does it, and shows the receipt. */
export function DisconnectDialog({ connection, showReceipt, onClose }: Props) {
  const queries = useQueryClient()
  const manifest = useManifest(connection.network)
  const network = manifest?.label ?? connection.network
  const disconnect = useMutation({
    mutationFn: () => api.networks.disconnect({ id: connection.id }),
    // All but what was read of this account: nothing more can be asked of one that is gone.
    onSuccess: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey }) => !JSON.stringify(queryKey).includes(connection.id),
      }),
    onError: showFault,
  })
  if (disconnect.data) {
    return (
      <Modal opened onClose={onClose} title="Disconnected" size="lg">
        <Stack>
          {showReceipt(disconnect.data)}
          <Group justify="flex-end">
            <Button onClick={onClose}>Close</Button>
          </Group>
        </Stack>
      </Modal>
    )
  }
  return (
    <Modal opened onClose={onClose} title={`Disconnect ${connection.label}`}>
      <Stack>
        <List spacing="xs" fz="sm">
          <List.Item>
            What is scheduled on this account is taken out of the calendar. The posts stay here.
          </List.Item>
          <List.Item>The token and the key that reads it are destroyed at once.</List.Item>
          <List.Item>What is published stays published at {network}.</List.Item>
          {manifest ? <List.Item>{manifest.disconnectWords}</List.Item> : null}
          <List.Item>You get a receipt of all this.</List.Item>
        </List>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep connected
          </Button>
          <Button color="red" loading={disconnect.isPending} onClick={() => disconnect.mutate()}>
            Disconnect
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
