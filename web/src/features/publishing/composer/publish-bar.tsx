import { Group, Stack, Text } from '@mantine/core'
import { IconCalendarTime, IconSend, IconStack2 } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import type { Can } from '../../../../../contract/base.ts'
import type { Finding, When } from '../../../../../contract/publishing.ts'
import { CanButton } from '../../../ui/can-button.tsx'
import type { DraftTarget } from '../draft.ts'
import { slotsQuery } from '../queries.ts'
import { instantWords } from '../zone-time.ts'
import { SaveStatus } from './save-status.tsx'
import { ScheduleModal } from './schedule-modal.tsx'
import type { PostDraft } from './use-post-draft.ts'
import { anywayWords, type useSending } from './use-sending.ts'
import { WarningsModal } from './warnings-modal.tsx'

type Props = {
  editor: PostDraft
  sending: ReturnType<typeof useSending>
  targets: readonly DraftTarget[]
  findings: readonly Finding[]
  may: Can
  zone: string
  weekStart: number
  /** Day or time at which the person started the post from the calendar. */
  startAt?: string
}

const refuse = (why: string): Can => ({ ok: false, why })

/** What the server would answer is shown by findings; this only names what is plainly missing. */
function canSend({ may, targets, editor }: Props): Can {
  if (!may.ok) return may
  const schedule = editor.post?.can.schedule
  if (targets.length === 0) return refuse('Choose where it goes first.')
  return schedule && !schedule.ok && editor.save.kind === 'saved' ? schedule : may
}

/** The bar under the editor: whether it is saved, and the three ways to send it out. */
export function PublishBar(props: Props) {
  const { editor, sending, findings, zone, weekStart, startAt } = props
  const { choosing, setChoosing } = sending
  const can = canSend(props)
  const slot = useNextSlot(props.targets)
  const errors = findings.filter((one) => one.level === 'error').length
  const busy = sending.isSending
  const start = (when: When) => sending.start(when)
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="sm">
        <Group gap="md">
          <SaveStatus save={editor.save} onRetry={() => void editor.autosave.retry()} />
          {errors > 0 ? (
            <Text size="sm" c="var(--mantine-color-error)" role="status">
              {errors === 1 ? 'One thing to fix' : `${errors} things to fix`}
            </Text>
          ) : null}
        </Group>
        <Group gap="xs">
          <CanButton
            can={can.ok && !slot.free ? refuse(slot.words) : can}
            variant="default"
            leftSection={<IconStack2 size={16} />}
            loading={busy && sending.asked?.when.kind === 'queue'}
            onClick={() => start({ kind: 'queue' })}
          >
            Add to queue
          </CanButton>
          <CanButton
            can={can}
            variant="default"
            leftSection={<IconCalendarTime size={16} />}
            onClick={() => setChoosing(true)}
          >
            Schedule
          </CanButton>
          <CanButton
            can={can}
            leftSection={<IconSend size={16} />}
            loading={busy && !choosing}
            onClick={() => start({ kind: 'now' })}
          >
            Publish now
          </CanButton>
        </Group>
      </Group>
      {can.ok && slot.free ? (
        <Text size="xs" c="dimmed" ta="right">
          Next free slot of the queue: {instantWords(slot.free, zone)}
        </Text>
      ) : null}
      <ScheduleModal
        opened={choosing && sending.asked === null}
        title="When should it go out?"
        confirm="Schedule"
        zone={zone}
        weekStart={weekStart}
        initial={startAt}
        error={sending.whenError}
        isSending={busy}
        onClose={() => setChoosing(false)}
        onChoose={(choice) => start({ kind: 'at', ...choice })}
      />
      <WarningsModal
        warnings={sending.asked?.warnings ?? null}
        confirm={sending.asked ? anywayWords[sending.asked.when.kind] : ''}
        isSending={busy}
        onConfirm={sending.goOn}
        onClose={sending.goBack}
      />
    </Stack>
  )
}

/** The earliest next free slot among the chosen connections. */
function useNextSlot(targets: readonly DraftTarget[]): { free: string | null; words: string } {
  const ids = [...new Set(targets.map((one) => one.connectionId))]
  const slots = useQueries({ queries: ids.map((id) => slotsQuery(id)) })
  const [first] = slots.flatMap(({ data }) => data?.nextFree ?? []).toSorted()
  const isLoading = slots.some((one) => one.isPending)
  const words = isLoading
    ? 'Looking for the next free slot.'
    : 'The queue has no slots yet. Set them under Settings, Queue.'
  return { free: first ?? null, words }
}
