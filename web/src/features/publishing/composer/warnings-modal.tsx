import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { Finding } from '../../../../../contract/publishing.ts'
import { FindingList } from './finding-list.tsx'

type Props = {
  warnings: readonly Finding[] | null
  /** What the person then does in spite of them, such as `Publish anyway`. */
  confirm: string
  isSending: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Shows what a person should know first, and goes on only when told to. */
export function WarningsModal({ warnings, confirm, isSending, onConfirm, onClose }: Props) {
  return (
    <Modal opened={warnings !== null} onClose={onClose} title="Before it goes out">
      <Stack>
        <Text size="sm">The network would take this, but you may not want it:</Text>
        <FindingList findings={warnings ?? []} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Go back
          </Button>
          <Button loading={isSending} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
