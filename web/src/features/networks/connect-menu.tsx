import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { Can } from '../../../../contract/base.ts'
import { query } from '../../app/api.ts'
import { CanButton } from '../../ui/can-button.tsx'
import { NetworkMark } from './network-mark.tsx'
import { useConnect } from './use-connect.ts'

/** A button for the network, or a menu when there are several. */
export function ConnectMenu({ can, workspaceId }: { can: Can; workspaceId: string }) {
  const { data } = useSuspenseQuery(query.networks.networks.queryOptions())
  const connect = useConnect(workspaceId)
  const [only, ...others] = data.items
  if (!only) return null
  if (!can.ok || others.length === 0) {
    return (
      <CanButton
        can={can}
        leftSection={<IconPlus size={18} />}
        loading={connect.isPending}
        onClick={() => connect.mutate({ network: only.network })}
      >
        Connect {others.length === 0 ? only.label : 'an account'}
      </CanButton>
    )
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} />} loading={connect.isPending}>
          Connect an account
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {data.items.map((manifest) => (
          <Menu.Item
            key={manifest.network}
            leftSection={<NetworkMark manifest={manifest} size={20} />}
            onClick={() => connect.mutate({ network: manifest.network })}
          >
            {manifest.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
