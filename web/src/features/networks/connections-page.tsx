import { Alert, SimpleGrid } from '@mantine/core'
import { IconCircleCheck, IconInfoCircle, IconPlugConnected } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Connection } from '../../../../contract/networks.ts'
import { query } from '../../app/api.ts'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/permissions.ts'
import { TextLink } from '../../ui/links.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { ConnectMenu } from './connect-menu.tsx'
import { connectResult } from './connect-result.ts'
import { ConnectionCard } from './connection-card.tsx'
import { DisconnectDialog, type ShownReceipt } from './disconnect-dialog.tsx'
import { Disconnected } from './disconnected.tsx'

type Props = {
  /** How a receipt looks; it belongs to another part of the app. */
  showReceipt: (receipt: ShownReceipt) => ReactNode
}

/** The authorised accounts on networks. */
export function ConnectionsPage({ showReceipt }: Props) {
  const { workspaceId = '' } = useParams({ strict: false })
  const { data } = useSuspenseQuery(query.networks.connections.queryOptions())
  const may = useMay('connections.manage')
  const open = data.items.filter(({ status }) => status !== 'revoked')
  const gone = data.items.filter(({ status }) => status === 'revoked')
  const [leaving, setLeaving] = useState<Connection | null>(null)
  return (
    <Page
      title="Connections"
      lead="Accounts on networks to which this workspace publishes."
      actions={<ConnectMenu can={may} workspaceId={workspaceId} />}
    >
      <Result />
      {open.length === 0 ? (
        <Empty
          icon={<IconPlugConnected stroke={1.5} />}
          title="No account is connected"
          words="Connect one to publish to it. You give the permission at the network itself and can take it back there at any time."
          action={<ConnectMenu can={may} workspaceId={workspaceId} />}
        />
      ) : (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
          {open.map((connection) => (
            <ConnectionCard
              key={connection.id}
              connection={connection}
              workspaceId={workspaceId}
              may={may}
              onDisconnect={() => setLeaving(connection)}
            />
          ))}
        </SimpleGrid>
      )}
      {gone.length > 0 ? (
        <Disconnected connections={gone} workspaceId={workspaceId} may={may} />
      ) : null}
      <TextLink to={paths.receipts(workspaceId)} fz="sm" w="fit-content">
        Receipts of what was disconnected
      </TextLink>
      {leaving ? (
        <DisconnectDialog
          connection={leaving}
          showReceipt={showReceipt}
          onClose={() => setLeaving(null)}
        />
      ) : null}
    </Page>
  )
}

function Result() {
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  const { data } = useSuspenseQuery(query.networks.networks.queryOptions())
  const scopes = data.items.flatMap((manifest) => manifest.scopes)
  const result = connectResult(
    search,
    (scope) => scopes.find((known) => known.scope === scope)?.words ?? scope,
  )
  if (!result) return null
  return (
    <Alert
      color={result.good ? 'avow' : 'yellow'}
      icon={result.good ? <IconCircleCheck /> : <IconInfoCircle />}
      title={result.title}
      role={result.good ? 'status' : 'alert'}
      withCloseButton
      closeButtonLabel="Hide this message"
      onClose={() => void navigate({ to: '.', search: {}, replace: true })}
    >
      {result.words}
    </Alert>
  )
}
