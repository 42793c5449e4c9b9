import { Button, Group, Text } from '@mantine/core'
import { IconCloudCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react'
import { faultOf } from '../../../app/errors.ts'
import { sentences } from '../../../ui/sentences.ts'
import type { SaveState } from './autosave.ts'

/** Says whether what was written is safe. */
export function SaveStatus({ save, onRetry }: { save: SaveState; onRetry: () => void }) {
  if (save.kind === 'failed') {
    const { message, fix } = faultOf(save.error)
    const next = save.retrying ? 'It is kept on this device and tried again.' : fix
    return (
      <Group gap="xs" role="alert">
        <IconCloudOff size={18} color="var(--mantine-color-error)" />
        <Text size="sm" c="var(--mantine-color-error)">
          Not saved. {sentences(message, next)}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          Try now
        </Button>
      </Group>
    )
  }
  const saved = save.kind === 'saved'
  const words = saved ? 'Saved' : save.kind === 'conflict' ? 'Not saved' : 'Saving'
  return (
    <Group gap={6} c="dimmed" role="status">
      {saved ? <IconCloudCheck size={18} /> : <IconCloudUp size={18} />}
      <Text size="sm">{words}</Text>
    </Group>
  )
}
