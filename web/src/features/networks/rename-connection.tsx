import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Connection } from '../../../../contract/networks.ts'
import { query } from '../../app/api.ts'
import { placeFault } from '../../app/errors.ts'

/** Gives a connection the name that this workspace calls it by. */
export function RenameConnection({
  connection,
  onClose,
}: {
  connection: Connection
  onClose: () => void
}) {
  const queries = useQueryClient()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { label: connection.label },
    validate: { label: (label) => (label.trim() ? null : 'Write a name') },
  })
  const rename = useMutation(
    query.networks.updateConnection.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: query.networks.connections.key() })
        onClose()
      },
      onError: (error) => placeFault(error, form),
    }),
  )
  return (
    <Modal opened onClose={onClose} title="Rename the connection">
      <form onSubmit={form.onSubmit(({ label }) => rename.mutate({ id: connection.id, label }))}>
        <Stack>
          <TextInput
            label="Name in this workspace"
            description="The account keeps its own name at the network."
            maxLength={60}
            required
            withAsterisk={false}
            data-autofocus
            key={form.key('label')}
            {...form.getInputProps('label')}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={rename.isPending}>
              Rename
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
