import { Select, Skeleton, Stack } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ButtonLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed } from '../ui/states.tsx'
import { query } from './api.ts'
import { faultOf } from './errors.ts'
import { paths } from './paths.ts'
import { useMay } from './permissions.ts'
import { QueueForm } from './queue-form.tsx'

/** The weekly times at which posts of the queue go out, for each connection. */
export function QueuePage() {
  const { workspaceId = '' } = useParams({ strict: false })
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const { data: connections } = useSuspenseQuery(query.networks.connections.queryOptions())
  const open = connections.items.filter(({ status }) => status !== 'revoked')
  const chosen = open.find(({ id }) => id === search.connection) ?? open[0]
  return (
    <Page
      title="Queue"
      width="narrow"
      lead="Weekly times for each connection. A post added to the queue takes the next free one."
    >
      {chosen ? (
        <Stack gap="lg">
          <Select
            label="Connection"
            allowDeselect={false}
            maw={360}
            data={open.map(({ id, label }) => ({ value: id, label }))}
            value={chosen.id}
            onChange={(connection) =>
              void navigate({ to: '.', search: { connection }, replace: true })
            }
          />
          <Slots key={chosen.id} connectionId={chosen.id} />
        </Stack>
      ) : (
        <Empty
          icon={<IconClockHour4 stroke={1.5} />}
          title="No account is connected"
          words="The queue belongs to a connection. Connect an account first."
          action={<ButtonLink to={paths.connections(workspaceId)}>Go to connections</ButtonLink>}
        />
      )}
    </Page>
  )
}

function Slots({ connectionId }: { connectionId: string }) {
  const { data: workspace } = useSuspenseQuery(query.accounts.workspace.queryOptions())
  const may = useMay('workspace.manage')
  const slots = useQuery(query.publishing.slots.queryOptions({ input: { id: connectionId } }))
  if (slots.isPending)
    return <Skeleton h={320} radius="lg" role="status" aria-label="Loading the queue" />
  if (slots.error) {
    const { message, fix } = faultOf(slots.error)
    return <Failed title={message} words={fix} onRetry={() => void slots.refetch()} />
  }
  return (
    <QueueForm
      connectionId={connectionId}
      saved={slots.data.items}
      nextFree={slots.data.nextFree}
      timeZone={workspace.timeZone}
      weekStart={workspace.weekStart}
      can={may}
    />
  )
}
