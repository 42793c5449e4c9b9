import { Group, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { Member, Role } from '../../../../contract/accounts.ts'
import type { Can } from '../../../../contract/base.ts'
import { query } from '../../app/api.ts'
import { showFault } from '../../app/errors.ts'
import { useMay } from '../../app/permissions.ts'
import { Ago } from '../../ui/ago.tsx'
import { CanIcon } from '../../ui/can-button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Page } from '../../ui/page.tsx'
import { Rows } from '../../ui/rows.tsx'
import { Invitations } from './invitations.tsx'
import { InviteForm } from './invite-form.tsx'
import { roles, roleWords } from './role-words.ts'

/** Who belongs to the workspace, as what, and who is invited. */
export function MembersPage() {
  const { data } = useSuspenseQuery(query.accounts.members.queryOptions())
  const { data: me } = useSuspenseQuery(query.accounts.me.queryOptions())
  const may = useMay('members.manage')
  return (
    <Page title="Members" width="narrow" lead="Who may see and do what in this workspace.">
      <Paper withBorder radius="lg" p="lg">
        <InviteForm can={may} />
      </Paper>
      {may.ok ? <Invitations /> : null}
      <Stack gap="sm">
        <Title order={2} fz="md">
          {data.items.length === 1 ? '1 member' : `${data.items.length} members`}
        </Title>
        <Rows>
          {data.items.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              isMe={member.personId === me.person.id}
              can={may}
            />
          ))}
        </Rows>
      </Stack>
    </Page>
  )
}

type RowProps = { member: z.infer<typeof Member>; isMe: boolean; can: Can }

function MemberRow({ member, isMe, can }: RowProps) {
  const queries = useQueryClient()
  const [removing, setRemoving] = useState(false)
  const again = () => queries.invalidateQueries({ queryKey: query.accounts.key() })
  const change = useMutation(
    query.accounts.changeRole.mutationOptions({ onSuccess: again, onError: showFault }),
  )
  const remove = useMutation(
    query.accounts.removeMember.mutationOptions({
      onSuccess: again,
      onError: showFault,
      onSettled: () => setRemoving(false),
    }),
  )
  return (
    <Group p="md" gap="md">
      <Stack gap={0} flex={1} miw={200}>
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {member.name}
          {isMe ? (
            <Text span c="dimmed">
              {' '}
              (you)
            </Text>
          ) : null}
        </Text>
        <Text fz="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {member.email} · joined <Ago at={member.joinedAt} span />
        </Text>
      </Stack>
      <Group gap="xs" wrap="nowrap">
        <Select
          aria-label={`Role of ${member.name}`}
          title={can.why ?? undefined}
          w={140}
          allowDeselect={false}
          disabled={!can.ok || change.isPending}
          data={roles.map((role) => ({ value: role, label: roleWords[role].label }))}
          value={change.isPending ? (change.variables?.role ?? member.role) : member.role}
          onChange={(role) => role && change.mutate({ id: member.id, role: role as Role })}
        />
        <CanIcon
          can={can}
          variant="subtle"
          color="red"
          size="lg"
          aria-label={`Remove ${member.name}`}
          onClick={() => setRemoving(true)}
        >
          <IconTrash size={18} stroke={1.6} />
        </CanIcon>
      </Group>
      <Confirm
        opened={removing}
        onClose={() => setRemoving(false)}
        title={isMe ? 'Leave this workspace' : `Remove ${member.name}`}
        act={isMe ? 'Leave' : 'Remove'}
        busy={remove.isPending}
        onAct={() => remove.mutate({ id: member.id })}
      >
        <Text fz="sm">
          {isMe ? 'You lose' : `${member.name} loses`} access at once. What {isMe ? 'you' : 'they'}{' '}
          wrote and scheduled stays.
        </Text>
      </Confirm>
    </Group>
  )
}
