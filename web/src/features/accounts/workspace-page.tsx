import { Group, Paper, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { query } from '../../app/api.ts'
import { placeFault } from '../../app/errors.ts'
import { useMay } from '../../app/permissions.ts'
import { CanButton } from '../../ui/can-button.tsx'
import { Page } from '../../ui/page.tsx'
import { WeekStartInput } from './week-start-input.tsx'
import { ZoneSelect } from './zone-select.tsx'

/** Name, time zone, start of the week, and where a new post starts. */
export function WorkspacePage() {
  return (
    <Page title="Workspace" width="narrow" lead="What holds for everything in this workspace.">
      <Paper withBorder radius="lg" p="lg">
        <WorkspaceForm />
      </Paper>
    </Page>
  )
}

function WorkspaceForm() {
  const queries = useQueryClient()
  const { data: workspace } = useSuspenseQuery(query.accounts.workspace.queryOptions())
  const { data: connections } = useSuspenseQuery(query.networks.connections.queryOptions())
  const open = connections.items.filter(({ status }) => status !== 'revoked')
  const may = useMay('workspace.manage')
  const form = useForm({
    initialValues: {
      name: workspace.name,
      timeZone: workspace.timeZone,
      weekStart: workspace.weekStart,
      defaultConnectionId: workspace.defaultConnectionId,
    },
    validate: { name: (name) => (name.trim() ? null : 'Write a name') },
  })
  const save = useMutation(
    query.accounts.updateWorkspace.mutationOptions({
      onSuccess: async (_, values) => {
        form.resetDirty({ ...form.getValues(), ...values })
        notifications.show({ message: 'Saved' })
        await queries.invalidateQueries({ queryKey: query.accounts.key() })
      },
      onError: (error) => placeFault(error, form),
    }),
  )
  const can = form.isDirty() || !may.ok ? may : { ok: false, why: 'Nothing has been changed.' }
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        if (can.ok) save.mutate(values)
      })}
    >
      <Stack gap="lg">
        <TextInput
          label="Name"
          maxLength={80}
          required
          withAsterisk={false}
          disabled={!may.ok}
          {...form.getInputProps('name')}
        />
        <ZoneSelect
          chosen={form.values.timeZone}
          disabled={!may.ok}
          {...form.getInputProps('timeZone')}
        />
        <WeekStartInput
          disabled={!may.ok}
          value={form.values.weekStart}
          onChange={(day) => form.setFieldValue('weekStart', day)}
        />
        <Select
          label="Default connection"
          description="A new post starts with it. Its default board is chosen under Connections."
          placeholder={open.length === 0 ? 'No account is connected yet' : 'None: choose each time'}
          clearable
          disabled={!may.ok || open.length === 0}
          data={open.map(({ id, label }) => ({ value: id, label }))}
          {...form.getInputProps('defaultConnectionId')}
        />
        <Group>
          <CanButton can={can} type="submit" loading={save.isPending}>
            Save
          </CanButton>
        </Group>
      </Stack>
    </form>
  )
}
