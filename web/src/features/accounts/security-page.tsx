import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import {
  useInfiniteQuery,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query'
import { query } from '../../app/api.ts'
import { faultOf, showFault } from '../../app/errors.ts'
import { Ago } from '../../ui/ago.tsx'
import { Page } from '../../ui/page.tsx'
import { Rows } from '../../ui/rows.tsx'
import { Failed, Waiting } from '../../ui/states.tsx'
import { deviceWords } from './device-words.ts'
import { SignInMethods } from './sign-in-methods.tsx'

/** A person's own account: where it is signed in, its password, and what happened to it. */
export function SecurityPage() {
  return (
    <Page title="Security" width="narrow" lead="Your own account, in every workspace.">
      <SignIns />
      <SignInMethods />
      <SecurityLog />
    </Page>
  )
}

function SignIns() {
  const queries = useQueryClient()
  const { data } = useSuspenseQuery(query.accounts.signIns.queryOptions())
  const end = useMutation(
    query.accounts.endSignIn.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: query.accounts.signIns.key() }),
      onError: showFault,
    }),
  )
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        Where you are signed in
      </Title>
      <Rows>
        {data.items.map(({ id, current, ip, userAgent, createdAt, lastSeenAt }) => (
          <Group key={id} p="md" justify="space-between">
            <Stack gap={2}>
              <Group gap="xs">
                <Text fw={500}>{deviceWords(userAgent)}</Text>
                {current ? (
                  <Badge variant="light" tt="none">
                    This device
                  </Badge>
                ) : null}
              </Group>
              <Text fz="sm" c="dimmed">
                {ip ? `${ip}, ` : ''}signed in <Ago at={createdAt} span />, last seen{' '}
                <Ago at={lastSeenAt} span />
              </Text>
            </Stack>
            {current ? null : (
              <Button
                variant="default"
                size="xs"
                aria-label={`End the sign-in of ${deviceWords(userAgent)}`}
                loading={end.isPending && end.variables?.id === id}
                onClick={() => end.mutate({ id })}
              >
                End
              </Button>
            )}
          </Group>
        ))}
      </Rows>
    </Stack>
  )
}

function SecurityLog() {
  const log = useInfiniteQuery(
    query.accounts.securityLog.infiniteOptions({
      input: (cursor: string | undefined) => ({ cursor, limit: 20 }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
  )
  if (log.isPending) return <Waiting />
  if (log.error) {
    const { message, fix } = faultOf(log.error)
    return <Failed title={message} words={fix} onRetry={() => void log.refetch()} />
  }
  const events = log.data.pages.flatMap((portion) => portion.items)
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        What happened to your account
      </Title>
      <Rows>
        {events.map(({ id, at, words, ip, userAgent }) => (
          <Stack key={id} gap={2} p="md">
            <Group justify="space-between" gap="xs">
              <Text fw={500}>{words}</Text>
              <Ago at={at} fz="sm" c="dimmed" />
            </Group>
            <Text fz="sm" c="dimmed">
              {[userAgent && deviceWords(userAgent), ip].filter(Boolean).join(', ')}
            </Text>
          </Stack>
        ))}
        {events.length === 0 ? (
          <Text p="md" c="dimmed">
            Nothing yet.
          </Text>
        ) : null}
      </Rows>
      {log.hasNextPage ? (
        <Button
          variant="default"
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          Show earlier
        </Button>
      ) : null}
    </Stack>
  )
}
