import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { query } from '../../app/api.ts'
import { paths } from '../../app/paths.ts'
import { CanButton } from '../../ui/can-button.tsx'
import { ButtonLink } from '../../ui/links.tsx'
import { Rows } from '../../ui/rows.tsx'
import { Failed, Waiting } from '../../ui/states.tsx'
import { ask, auth } from './auth.ts'
import { PasswordForm } from './password-form.tsx'

const key = ['sign-in-methods']

/** Password and Google: which of them open the account, and how to add or remove one. */
export function SignInMethods() {
  const methods = useQuery({
    queryKey: key,
    queryFn: () => ask((fetchOptions) => auth.listAccounts({ fetchOptions })),
    retry: false,
  })
  if (methods.isPending) return <Waiting />
  if (methods.error) {
    return <Failed title={methods.error.message} onRetry={() => void methods.refetch()} />
  }
  const find = (provider: string) => methods.data.find(({ providerId }) => providerId === provider)
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        How you sign in
      </Title>
      <Rows>
        {find('credential') ? <PasswordForm /> : <NoPassword />}
        <Google linkedId={find('google')?.id ?? null} only={!find('credential')} />
      </Rows>
    </Stack>
  )
}

function NoPassword() {
  return (
    <Group p="lg" justify="space-between">
      <Stack gap={2} flex={1} miw={220}>
        <Text fw={500}>Password</Text>
        <Text fz="sm" c="dimmed">
          None yet. Have a link sent to your address to choose one.
        </Text>
      </Stack>
      <ButtonLink to={paths.forgot()} variant="default" size="xs">
        Add a password
      </ButtonLink>
    </Group>
  )
}

function Google({ linkedId, only }: { linkedId: string | null; only: boolean }) {
  const linked = linkedId !== null
  const queries = useQueryClient()
  const { data: start } = useSuspenseQuery(query.accounts.start.queryOptions())
  const here = useLocation({ select: ({ pathname }) => pathname })
  const link = useMutation({
    mutationFn: () =>
      ask((fetchOptions) =>
        auth.linkSocial({
          provider: 'google',
          callbackURL: here,
          errorCallbackURL: here,
          fetchOptions,
        }),
      ),
  })
  const unlink = useMutation({
    mutationFn: () =>
      ask((fetchOptions) => auth.unlinkAccount({ accountId: linkedId ?? '', fetchOptions })),
    onSuccess: () => queries.invalidateQueries(),
  })
  if (!start.google && !linked) return null
  const fault = link.error ?? unlink.error
  const canRemove = only
    ? { ok: false, why: 'It is the only way in. Add a password first.' }
    : { ok: true, why: null }
  return (
    <Stack p="lg" gap="sm">
      {fault ? <Alert color="red">{fault.message}</Alert> : null}
      <Group justify="space-between">
        <Stack gap={2} flex={1} miw={220}>
          <Text fw={500}>Google</Text>
          <Text fz="sm" c="dimmed">
            {linked ? 'Opens this account.' : 'Not added.'}
          </Text>
        </Stack>
        {linked ? (
          <CanButton
            can={canRemove}
            variant="default"
            size="xs"
            loading={unlink.isPending}
            onClick={() => unlink.mutate()}
          >
            Remove Google
          </CanButton>
        ) : (
          <Button
            variant="default"
            size="xs"
            loading={link.isPending}
            onClick={() => link.mutate()}
          >
            Add Google
          </Button>
        )}
      </Group>
    </Stack>
  )
}
