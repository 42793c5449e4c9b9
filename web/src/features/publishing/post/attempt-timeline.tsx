import { Code, Text, Timeline } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconNote,
  IconQuestionMark,
  IconUser,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { faultOf } from '../../../app/errors.ts'
import { Failed, Waiting } from '../../../ui/states.tsx'
import { attemptsQuery } from '../queries.ts'
import { instantWords } from '../zone-time.ts'
import { type FoldedLine, foldAttempts, type Line } from './fold-attempts.ts'

const looks: Record<Line['outcome'], { icon: typeof IconCheck; colour: string }> = {
  ok: { icon: IconCheck, colour: 'green' },
  noted: { icon: IconNote, colour: 'gray' },
  waiting: { icon: IconClock, colour: 'blue' },
  quota: { icon: IconClock, colour: 'yellow' },
  retryable: { icon: IconClock, colour: 'yellow' },
  rejected: { icon: IconAlertTriangle, colour: 'red' },
  reauthorise: { icon: IconAlertTriangle, colour: 'red' },
  unknown_outcome: { icon: IconQuestionMark, colour: 'orange' },
}

const phaseWords: Record<Line['phase'], string> = {
  claim: 'Taken up',
  prepare: 'Prepared',
  arm: 'Written down before sending',
  submit: 'Sent',
  confirm: 'Checked',
  reconcile: 'Looked for',
  settle: 'Ended',
  person: 'By a person',
}

/** Every attempt at a target, oldest first: what was asked, what the network said. */
export function AttemptTimeline({ targetId, zone }: { targetId: string; zone: string }) {
  const attempts = useQuery(attemptsQuery(targetId))
  if (attempts.isPending) return <Waiting />
  if (attempts.isError) {
    const { message, fix } = faultOf(attempts.error)
    return <Failed title={message} words={fix} onRetry={() => void attempts.refetch()} />
  }
  const items = foldAttempts(attempts.data.items)
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed" pl="lg">
        Nothing has happened yet.
      </Text>
    )
  }
  return (
    <Timeline active={items.length} bulletSize={24} lineWidth={2} pl={4} pt="xs">
      {items.map((line) => entryOf(line, zone))}
    </Timeline>
  )
}

/** Not a component: the timeline draws its line by looking at its items themselves. */
function entryOf(line: FoldedLine, zone: string) {
  const { icon, colour } = looks[line.outcome]
  const Icon = line.phase === 'person' ? IconUser : icon
  const at = (instant: string) => `${instantWords(instant, zone)}:${instant.slice(17, 19)}`
  return (
    <Timeline.Item
      key={line.id}
      bullet={<Icon size={14} />}
      color={colour}
      title={
        <Text size="sm" fw={500} component="span">
          {phaseWords[line.phase]}
          {line.number > 1 ? `, try ${line.number}` : ''}
        </Text>
      }
    >
      <Text size="sm">{line.words}</Text>
      <Text size="xs" c="dimmed">
        {line.times > 1
          ? `${line.times} times, from ${at(line.at)} to ${at(line.lastAt)}`
          : at(line.at)}
        {line.durationMs === null ? '' : `, took ${line.durationMs} ms`}
      </Text>
      {line.detail ? (
        <Text component="details" size="xs" mt={4}>
          <summary>For an engineer</summary>
          <Code block mt={4}>
            {line.detail}
          </Code>
        </Text>
      ) : null}
    </Timeline.Item>
  )
}
