import { Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Connection, Manifest } from '../../../../../contract/networks.ts'
import type { Draft } from '../draft.ts'
import { previewOf } from '../previews/registry.ts'

type Props = {
  draft: Draft
  connections: readonly Connection[]
  manifests: readonly Manifest[]
}

const devices = [
  { value: 'phone', label: 'Phone' },
  { value: 'desktop', label: 'Desktop' },
]

/** How the post will look where it goes, one connection at a time. */
export function PreviewPanel({ draft, connections, manifests }: Props) {
  const [device, setDevice] = useState<'phone' | 'desktop'>('phone')
  const [chosen, setChosen] = useState<string>()
  const ids = [...new Set(draft.targets.map((one) => one.connectionId))]
  const there = connections.filter((one) => ids.includes(one.id))
  const connection = there.find((one) => one.id === chosen) ?? there[0] ?? connections[0]
  const manifest = manifests.find((one) => one.network === connection?.network) ?? manifests[0]
  if (!manifest) return null
  const Preview = previewOf(manifest.network)
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600}>Preview</Text>
        <SegmentedControl
          size="xs"
          aria-label="Device of the preview"
          data={devices}
          value={device}
          onChange={(value) => setDevice(value === 'desktop' ? 'desktop' : 'phone')}
        />
      </Group>
      {there.length > 1 ? (
        <SegmentedControl
          size="xs"
          aria-label="Connection of the preview"
          data={there.map((one) => ({ value: one.id, label: one.label }))}
          value={connection?.id}
          onChange={setChosen}
        />
      ) : null}
      <Preview
        draft={draft}
        device={device}
        connection={connection ?? { id: '', label: 'Your account' }}
        manifest={manifest}
      />
    </Stack>
  )
}
