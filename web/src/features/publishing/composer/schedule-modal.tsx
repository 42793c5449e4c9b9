import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { localOf, roundedAhead } from '../zone-time.ts'
import { type LocalChoice, LocalTimeField } from './local-time-field.tsx'

type Props = {
  opened: boolean
  title: string
  confirm: string
  zone: string
  weekStart: number
  /** Where it stands when opened; an hour from now if left out or past. */
  initial?: string
  error?: string
  isSending: boolean
  onClose: () => void
  onChoose: (choice: LocalChoice) => void
}

/** Asks for a day and a time. */
export function ScheduleModal({ opened, title, onClose, ...rest }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg">
      {opened ? <Choice {...rest} /> : null}
    </Modal>
  )
}

type ChoiceProps = Omit<Props, 'opened' | 'title' | 'onClose'>

function Choice({ zone, weekStart, initial, confirm, error, isSending, onChoose }: ChoiceProps) {
  const [value, setValue] = useState<LocalChoice>(() => {
    const now = localOf(new Date(), zone)
    return {
      local: initial && initial > now ? initial : roundedAhead(now, 60),
      repeatedHour: 'first',
    }
  })
  const isPast = value.local <= localOf(new Date(), zone)
  return (
    <Stack>
      <LocalTimeField
        zone={zone}
        weekStart={weekStart}
        value={value}
        error={isPast ? 'This time has passed' : error}
        onChange={setValue}
      />
      <Group justify="flex-end">
        <Button disabled={isPast} loading={isSending} onClick={() => onChoose(value)}>
          {confirm}
        </Button>
      </Group>
    </Stack>
  )
}
