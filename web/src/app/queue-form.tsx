import { Alert, Button, Chip, Group, Paper, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Can } from '../../../contract/base.ts'
import { CanButton } from '../ui/can-button.tsx'
import { Rows } from '../ui/rows.tsx'
import { query } from './api.ts'
import { showFault } from './errors.ts'
import { addSlots, removeSlot, type Slot, sameSlots, weekdays, weekFrom } from './queue-slots.ts'

type Props = {
  connectionId: string
  saved: Slot[]
  nextFree: string | null
  timeZone: string
  /** 0 is Sunday. */
  weekStart: number
  can: Can
}

const slotsAtMost = 100

/** The week with its times: add one on several days, take one out, save all. */
export function QueueForm({ connectionId, saved, nextFree, timeZone, weekStart, can }: Props) {
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Slot[] | null>(null)
  const slots = draft ?? saved
  const save = useMutation(
    query.publishing.setSlots.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: query.publishing.slots.key() })
        setDraft(null)
        notifications.show({ message: 'Queue saved' })
      },
      onError: showFault,
    }),
  )
  const changed = !sameSlots(slots, saved)
  const canSave = !can.ok || changed ? can : { ok: false, why: 'Nothing has been changed.' }
  return (
    <Stack>
      <Alert
        color="avow"
        title={nextFree ? `Next free: ${nextWords(nextFree, timeZone)}` : 'No free time'}
      >
        {nextFree
          ? `Times are in ${timeZone}.`
          : 'Add a time below, so that posts of the queue have somewhere to go.'}
      </Alert>
      <AddSlot
        weekStart={weekStart}
        can={
          slots.length < slotsAtMost ? can : { ok: false, why: 'A queue has at most 100 times.' }
        }
        onAdd={(days, time) => setDraft(addSlots(slots, days, time))}
      />
      <Rows>
        {weekFrom(weekStart).map((day) => (
          <DayRow
            key={day}
            day={day}
            slots={slots.filter(({ weekday }) => weekday === day)}
            can={can}
            onRemove={(slot) => setDraft(removeSlot(slots, slot))}
          />
        ))}
      </Rows>
      <Group gap="sm">
        <CanButton
          can={canSave}
          loading={save.isPending}
          onClick={() => save.mutate({ id: connectionId, items: slots })}
        >
          Save queue
        </CanButton>
        {changed ? (
          <Button variant="default" onClick={() => setDraft(null)}>
            Undo changes
          </Button>
        ) : null}
      </Group>
    </Stack>
  )
}

const nextWords = (at: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at))

type DayProps = { day: number; slots: Slot[]; can: Can; onRemove: (slot: Slot) => void }

function DayRow({ day, slots, can, onRemove }: DayProps) {
  const name = weekdays[day] ?? ''
  return (
    <Group px="md" py="xs" gap="sm" mih={56} align="center">
      <Text w={104} fw={500} fz="sm">
        {name}
      </Text>
      {slots.length === 0 ? (
        <Text fz="sm" c="dimmed">
          No times
        </Text>
      ) : null}
      {slots.map((slot) => (
        <CanButton
          key={slot.time}
          can={can}
          variant="light"
          size="compact-sm"
          rightSection={<IconX size={14} />}
          aria-label={`Remove ${name} ${slot.time}`}
          onClick={() => onRemove(slot)}
        >
          {slot.time}
        </CanButton>
      ))}
    </Group>
  )
}

type AddProps = {
  weekStart: number
  can: Can
  onAdd: (days: number[], time: string) => void
}

function AddSlot({ weekStart, can, onAdd }: AddProps) {
  const [days, setDays] = useState<string[]>(['1', '2', '3', '4', '5'])
  const [time, setTime] = useState('09:00')
  const canAdd = !can.ok || days.length > 0 ? can : { ok: false, why: 'Choose a day first.' }
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (canAdd.ok && time) onAdd(days.map(Number), time)
  }
  return (
    <Paper withBorder radius="lg" p="lg" component="form" onSubmit={add}>
      <Stack gap="sm">
        <Chip.Group multiple value={days} onChange={setDays}>
          <Group gap={6}>
            {weekFrom(weekStart).map((day) => (
              <Chip key={day} value={String(day)} disabled={!can.ok} aria-label={weekdays[day]}>
                {weekdays[day]?.slice(0, 3)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Group align="flex-end" gap="sm">
          <TextInput
            type="time"
            label="Time"
            w={140}
            required
            withAsterisk={false}
            disabled={!can.ok}
            value={time}
            onChange={(event) => setTime(event.currentTarget.value)}
          />
          <CanButton can={canAdd} type="submit" variant="default">
            Add
          </CanButton>
        </Group>
      </Stack>
    </Paper>
  )
}
