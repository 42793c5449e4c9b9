import { Anchor, Collapse, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import {
  IconCalendarTime,
  IconChevronDown,
  IconChevronRight,
  IconExternalLink,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { Connection, Manifest } from '../../../../../contract/networks.ts'
import type { Target } from '../../../../../contract/publishing.ts'
import { CanButton } from '../../../ui/can-button.tsx'
import { sentences } from '../../../ui/sentences.ts'
import { ScheduleModal } from '../composer/schedule-modal.tsx'
import { ConnectionName } from '../connection-name.tsx'
import { StateBadge } from '../state-badge.tsx'
import { instantWords, localOf, zoneWords } from '../zone-time.ts'
import { AttemptTimeline } from './attempt-timeline.tsx'
import { PlaceName } from './place-name.tsx'
import { ReviewPanel } from './review-panel.tsx'
import { useTargetActs } from './use-target-acts.ts'

type Props = {
  target: Target
  connection: Connection | undefined
  manifest: Manifest | undefined
  zone: string
  weekStart: number
  /** Its number among the places of the post, from 1. */
  number: number
}

/** One place where the post goes: how it stands, what can be done, and how it got there. */
export function TargetPanel(props: Props) {
  const { target, connection, manifest, zone, number } = props
  const review = target.state === 'needs_review'
  return (
    <Paper
      withBorder
      p="md"
      radius="lg"
      component="section"
      aria-label={`Place ${number}: ${connection?.label ?? ''}`}
    >
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Stack gap={2} miw={0}>
            {connection ? (
              <ConnectionName connection={connection} manifest={manifest} />
            ) : (
              <Text size="sm">A connection that is gone</Text>
            )}
            {target.destination && connection ? (
              <PlaceName
                connectionId={connection.id}
                destination={target.destination}
                noun={manifest?.destination?.noun ?? 'place'}
              />
            ) : null}
          </Stack>
          <StateBadge state={target.state} />
        </Group>
        <div role="status">
          <Text size="sm">{target.stateWords}</Text>
          <Times target={target} zone={zone} />
        </div>
        {target.externalUrl ? (
          <Anchor href={target.externalUrl} target="_blank" rel="noreferrer" size="sm">
            See it at {manifest?.label ?? 'the network'} <IconExternalLink size={14} aria-hidden />
          </Anchor>
        ) : null}
        {review ? (
          <ReviewPanel target={target} networkLabel={manifest?.label ?? 'the network'} />
        ) : null}
        <Acts {...props} />
        <History target={target} zone={zone} />
      </Stack>
    </Paper>
  )
}

function Times({
  target: { state, dueAt, publishedAt, nextTryAt },
  zone,
}: Pick<Props, 'target' | 'zone'>) {
  const lines = [
    publishedAt ? `Published ${instantWords(publishedAt, zone)}` : null,
    !publishedAt && dueAt
      ? `${state === 'cancelled' ? 'Was due' : 'Due'} ${instantWords(dueAt, zone)}, ${zoneWords(zone, new Date(dueAt))}`
      : null,
    nextTryAt ? `Next try ${instantWords(nextTryAt, zone)}` : null,
  ]
  const words = sentences(...lines)
  return words ? (
    <Text size="sm" c="dimmed">
      {words}
    </Text>
  ) : null
}

function Acts({ target, zone, weekStart }: Props) {
  const { cancel, retry, reschedule } = useTargetActs(target)
  const [moving, move] = useDisclosure()
  const { can, state } = target
  const isOver = state === 'published' || state === 'cancelled'
  const isTried = state === 'failed' || state === 'needs_review' || state === 'held'
  if (isOver || state === 'draft') return null
  const askCancel = () =>
    modals.openConfirmModal({
      title: 'Take it out of the calendar?',
      children: <Text size="sm">It does not go out. The post stays as it is.</Text>,
      labels: { confirm: 'Take it out', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: () => cancel.mutate(),
    })
  return (
    <Group gap="xs">
      {isTried ? (
        <CanButton
          can={can.retry}
          size="sm"
          leftSection={<IconRefresh size={16} />}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          Try again
        </CanButton>
      ) : null}
      <CanButton
        can={can.reschedule}
        size="sm"
        variant="default"
        leftSection={<IconCalendarTime size={16} />}
        onClick={move.open}
      >
        Move
      </CanButton>
      <CanButton
        can={can.cancel}
        size="sm"
        variant="default"
        leftSection={<IconX size={16} />}
        loading={cancel.isPending}
        onClick={askCancel}
      >
        Take out
      </CanButton>
      <ScheduleModal
        opened={moving}
        title="Move to another time"
        confirm="Move"
        zone={zone}
        weekStart={weekStart}
        initial={target.dueAt ? localOf(target.dueAt, zone) : undefined}
        isSending={reschedule.isPending}
        onClose={move.close}
        onChoose={(to) => reschedule.mutate(to, { onSuccess: move.close })}
      />
    </Group>
  )
}

function History({ target, zone }: Pick<Props, 'target' | 'zone'>) {
  const [chosen, setChosen] = useState<boolean>()
  const opened = chosen ?? (target.state !== 'draft' && target.state !== 'scheduled')
  return (
    <div>
      <UnstyledButton onClick={() => setChosen(!opened)} aria-expanded={opened} py={6}>
        <Group gap={6}>
          {opened ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          <Text size="sm" fw={500}>
            How it got there
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened}>
        {opened ? <AttemptTimeline targetId={target.id} zone={zone} /> : null}
      </Collapse>
    </div>
  )
}
