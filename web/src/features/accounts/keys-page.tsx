import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { ApiKey } from '../../../../contract/accounts.ts'
import { query } from '../../app/api.ts'
import { showFault } from '../../app/errors.ts'
import { useMay } from '../../app/permissions.ts'
import { Ago } from '../../ui/ago.tsx'
import { CanButton } from '../../ui/can-button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Page } from '../../ui/page.tsx'
import { Rows } from '../../ui/rows.tsx'
import { Empty } from '../../ui/states.tsx'
import { KeyForm } from './key-form.tsx'
import { permissionWords } from './role-words.ts'

/** Keys for programs that use the API. */
export function KeysPage() {
  const may = useMay('keys.manage')
  const [creating, setCreating] = useState(false)
  return (
    <Page
      title="API keys"
      width="narrow"
      lead={
        <>
          A key lets a program do what you allow it. What there is to call stands in the{' '}
          <Anchor href="/api/docs">API’s pages</Anchor>.
        </>
      }
      actions={
        <CanButton can={may} leftSection={<IconPlus size={18} />} onClick={() => setCreating(true)}>
          New key
        </CanButton>
      }
    >
      {may.ok ? (
        <Keys />
      ) : (
        <Empty
          icon={<IconKey stroke={1.5} />}
          title="Not part of your role"
          words={may.why ?? 'Ask an owner or an admin.'}
        />
      )}
      {creating ? <KeyForm onClose={() => setCreating(false)} /> : null}
    </Page>
  )
}

function Keys() {
  const { data } = useSuspenseQuery(query.accounts.apiKeys.queryOptions())
  if (data.items.length === 0) {
    return (
      <Empty
        icon={<IconKey stroke={1.5} />}
        title="No keys yet"
        words="Create one to write and schedule posts from a program of yours."
      />
    )
  }
  return (
    <Rows>
      {data.items.map((key) => (
        <KeyRow key={key.id} apiKey={key} />
      ))}
    </Rows>
  )
}

function KeyRow({ apiKey }: { apiKey: z.infer<typeof ApiKey> }) {
  const queries = useQueryClient()
  const [revoking, setRevoking] = useState(false)
  const revoke = useMutation(
    query.accounts.revokeApiKey.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: query.accounts.apiKeys.key() }),
      onError: showFault,
      onSettled: () => setRevoking(false),
    }),
  )
  const { name, start, permissions, createdAt, expiresAt, lastUsedAt } = apiKey
  const ended = expiresAt !== null && Date.parse(expiresAt) <= Date.now()
  return (
    <Group p="md" justify="space-between">
      <Stack gap={6} flex={1} miw={220}>
        <Group gap="xs">
          <Text fw={500}>{name}</Text>
          <Text ff="monospace" fz="sm" c="dimmed">
            {start}…
          </Text>
        </Group>
        <Group gap={6}>
          {permissions.map((permission) => (
            <Badge key={permission} variant="default" tt="none" fw={500}>
              {permissionWords[permission].label}
            </Badge>
          ))}
        </Group>
        <Text fz="sm" c="dimmed">
          Created <Ago at={createdAt} span />,{' '}
          {lastUsedAt ? (
            <>
              last used <Ago at={lastUsedAt} span />
            </>
          ) : (
            'not used yet'
          )}
          ,{' '}
          {expiresAt ? (
            <>
              {ended ? 'ended' : 'ends'} <Ago at={expiresAt} span />
            </>
          ) : (
            'never ends'
          )}
        </Text>
      </Stack>
      <Button variant="default" size="xs" onClick={() => setRevoking(true)}>
        Revoke
      </Button>
      <Confirm
        opened={revoking}
        onClose={() => setRevoking(false)}
        title={`Revoke ${name}`}
        act="Revoke"
        busy={revoke.isPending}
        onAct={() => revoke.mutate({ id: apiKey.id })}
      >
        <Text fz="sm">Programs that use this key are refused at once. This can’t be undone.</Text>
      </Confirm>
    </Group>
  )
}
