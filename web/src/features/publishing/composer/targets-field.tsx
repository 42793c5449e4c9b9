import { Button, Menu, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Connection, Manifest } from '../../../../../contract/networks.ts'
import type { Finding } from '../../../../../contract/publishing.ts'
import { paths } from '../../../app/paths.ts'
import { ButtonLink } from '../../../ui/links.tsx'
import { ConnectionName } from '../connection-name.tsx'
import { type DraftTarget, findingsOf, moved } from '../draft.ts'
import { FindingList } from './finding-list.tsx'
import { SpacingField } from './spacing-field.tsx'
import { TargetRow } from './target-row.tsx'

type Props = {
  workspaceId: string
  targets: readonly DraftTarget[]
  connections: readonly Connection[]
  manifests: readonly Manifest[]
  findings: readonly Finding[]
  spacingMinutes: number
  disabled: boolean
  onChange: (targets: DraftTarget[]) => void
  onSpacing: (minutes: number) => void
}

/** Where the post goes, in which order, and how long after each other. */
export function TargetsField(props: Props) {
  const { targets, connections, manifests, findings, disabled, onChange } = props
  if (connections.length === 0) return <NoConnection workspaceId={props.workspaceId} />
  const rows = targets.map((target, index) => {
    const connection = connections.find((one) => one.id === target.connectionId)
    return (
      <TargetRow
        // Two targets may be equal, and their order is theirs.
        // biome-ignore lint/suspicious/noArrayIndexKey: a target has no other name yet
        key={index}
        target={target}
        connection={connection}
        manifest={manifests.find((one) => one.network === connection?.network)}
        place={{ index, count: targets.length }}
        disabled={disabled}
        onChange={(next) => onChange(targets.with(index, next))}
        onMove={(to) => onChange(moved(targets, index, to))}
        onRemove={() => onChange(targets.toSpliced(index, 1))}
      >
        <FindingList findings={findingsOf(findings, `targets.${index}`)} />
      </TargetRow>
    )
  })
  return (
    <Stack gap="sm">
      {rows.length > 0 ? (
        <Stack gap="xs" component="ol" m={0} p={0}>
          {rows}
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">
          Choose where this goes. A draft can wait without.
        </Text>
      )}
      <FindingList findings={findings.filter((one) => one.field === 'targets')} />
      {disabled ? null : <AddTarget {...props} />}
      {targets.length > 1 && !disabled ? (
        <SpacingField
          minutes={props.spacingMinutes}
          count={targets.length}
          onChange={props.onSpacing}
        />
      ) : null}
    </Stack>
  )
}

function AddTarget({ targets, connections, manifests, onChange }: Props) {
  const add = (connection: Connection) => {
    const first = !targets.some((one) => one.connectionId === connection.id)
    const destination = first ? connection.defaultDestination : null
    onChange([...targets, { connectionId: connection.id, destination }])
  }
  const [only] = connections
  const words = targets.length === 0 ? 'Add where it goes' : 'Add another place'
  const button = { variant: 'light', size: 'sm', w: 'fit-content' } as const
  const plus = <IconPlus size={16} />
  if (only && connections.length === 1) {
    return (
      <Button {...button} leftSection={plus} onClick={() => add(only)}>
        {words}
      </Button>
    )
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button {...button} leftSection={plus}>
          {words}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {connections.map((connection) => (
          <Menu.Item key={connection.id} onClick={() => add(connection)}>
            <ConnectionName
              connection={connection}
              manifest={manifests.find((one) => one.network === connection.network)}
            />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const NoConnection = ({ workspaceId }: { workspaceId: string }) => (
  <Stack gap="xs" align="flex-start">
    <Text size="sm" c="dimmed">
      Nothing is connected yet. You can write now and connect an account before you publish.
    </Text>
    <ButtonLink to={paths.connections(workspaceId)} variant="light" size="sm">
      Connect an account
    </ButtonLink>
  </Stack>
)
