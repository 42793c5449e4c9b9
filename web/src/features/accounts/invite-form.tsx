import { Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import type { Can } from '../../../../contract/base.ts'
import { api, query } from '../../app/api.ts'
import { placeFault } from '../../app/errors.ts'
import { useCreating } from '../../app/intent.ts'
import { CanButton } from '../../ui/can-button.tsx'
import { roles, roleWords } from './role-words.ts'

type InvitedRole = Exclude<(typeof roles)[number], 'owner'>
const offered = roles.filter((role): role is InvitedRole => role !== 'owner')
const initial: { email: string; role: InvitedRole } = { email: '', role: 'editor' }

/** Invites somebody by e-mail. */
export function InviteForm({ can }: { can: Can }) {
  const queries = useQueryClient()
  const form = useForm({ initialValues: initial })
  const invite = useCreating(api.accounts.invite, {
    onSuccess: async ({ email }) => {
      form.reset()
      notifications.show({ message: `Invitation sent to ${email}` })
      await queries.invalidateQueries({ queryKey: query.accounts.invitations.key() })
    },
    onError: (error) => placeFault(error, form),
  })
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        if (can.ok) invite.mutate(values)
      })}
    >
      <Stack gap="xs">
        <Group align="flex-start" gap="sm">
          <TextInput
            label="Invite by e-mail"
            type="email"
            placeholder="ana@example.com"
            autoComplete="off"
            required
            withAsterisk={false}
            maxLength={254}
            flex={1}
            miw={220}
            disabled={!can.ok}
            {...form.getInputProps('email')}
          />
          <Select
            label="Role"
            w={140}
            allowDeselect={false}
            disabled={!can.ok}
            data={offered.map((role) => ({ value: role, label: roleWords[role].label }))}
            {...form.getInputProps('role')}
          />
          <CanButton can={can} type="submit" mt={25} loading={invite.isPending}>
            Invite
          </CanButton>
        </Group>
        <Text fz="sm" c="dimmed">
          {can.ok ? roleWords[form.values.role].words : can.why}
        </Text>
      </Stack>
    </form>
  )
}
