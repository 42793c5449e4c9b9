import { Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, query } from '../../app/api.ts'
import { placeFault } from '../../app/errors.ts'
import { useCreating } from '../../app/intent.ts'
import { paths } from '../../app/paths.ts'
import { TextLink } from '../../ui/links.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { ownWeekStart, ownZone } from './time-zones.ts'
import { WeekStartInput } from './week-start-input.tsx'
import { ZoneSelect } from './zone-select.tsx'

export function NewWorkspacePage() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { data: me } = useSuspenseQuery(query.accounts.me.queryOptions())
  const form = useForm({
    initialValues: { name: '', timeZone: ownZone(), weekStart: ownWeekStart(navigator.language) },
    validate: { name: (name) => (name.trim() ? null : 'Write a name') },
  })
  const create = useCreating(api.accounts.createWorkspace, {
    onSuccess: async (workspace) => {
      await queries.invalidateQueries({ queryKey: query.accounts.me.key() })
      await navigate({ to: paths.connections(workspace.id) })
    },
    onError: (error) => placeFault(error, form),
  })
  const [firstName] = me.person.name.split(' ')
  return (
    <AuthFrame
      title={me.workspaces.length === 0 ? `Welcome, ${firstName}` : 'New workspace'}
      lead="A workspace holds the connections, posts and files of one business."
      footer={
        me.workspaces.length > 0 ? (
          <TextLink to={paths.landing()}>Back to your workspace</TextLink>
        ) : null
      }
    >
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack>
          <TextInput
            label="Name"
            placeholder="Your business"
            required
            withAsterisk={false}
            maxLength={80}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <ZoneSelect chosen={form.values.timeZone} {...form.getInputProps('timeZone')} />
          <WeekStartInput
            value={form.values.weekStart}
            onChange={(day) => form.setFieldValue('weekStart', day)}
          />
          <Button type="submit" fullWidth loading={create.isPending}>
            Create workspace
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  )
}
