import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { query } from '../../app/api.ts'
import { showFault } from '../../app/errors.ts'
import { Ago } from '../../ui/ago.tsx'
import { Rows } from '../../ui/rows.tsx'
import { roleWords } from './role-words.ts'

/** Invitations that nobody has taken yet. */
export function Invitations() {
  const queries = useQueryClient()
  const { data } = useSuspenseQuery(query.accounts.invitations.queryOptions())
  const withdraw = useMutation(
    query.accounts.withdrawInvitation.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: query.accounts.invitations.key() }),
      onError: showFault,
    }),
  )
  if (data.items.length === 0) return null
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        Open invitations
      </Title>
      <Rows>
        {data.items.map((invitation) => (
          <Group key={invitation.id} p="md" justify="space-between">
            <Stack gap={0}>
              <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
                {invitation.email}
              </Text>
              <Text fz="sm" c="dimmed">
                {roleWords[invitation.role].label}, invited by {invitation.invitedBy}, ends{' '}
                <Ago at={invitation.expiresAt} span />
              </Text>
            </Stack>
            <Button
              variant="default"
              size="xs"
              aria-label={`Withdraw the invitation of ${invitation.email}`}
              loading={withdraw.isPending && withdraw.variables?.id === invitation.id}
              onClick={() => withdraw.mutate({ id: invitation.id })}
            >
              Withdraw
            </Button>
          </Group>
        ))}
      </Rows>
    </Stack>
  )
}
