import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = {
  opened: boolean
  onClose: () => void
  title: string
  /** What will happen. */
  children: ReactNode
  /** The act, as the button says it. */
  act: string
  onAct: () => void
  busy: boolean
}

/** Asks before something that cannot be taken back. The button says what it does. */
export function Confirm({ opened, onClose, title, children, act, onAct, busy }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Stack>
        {children}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep
          </Button>
          <Button color="red" onClick={onAct} loading={busy}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
