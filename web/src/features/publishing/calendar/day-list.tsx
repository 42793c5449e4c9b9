import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Connection } from '../../../../../contract/networks.ts'
import type { CalendarEntry } from '../../../../../contract/publishing.ts'
import { paths } from '../../../app/paths.ts'
import { IconLink } from '../../../ui/links.tsx'
import { StateBadge } from '../state-badge.tsx'
import { dayAndMonthWords, dayOf, dayWords, localOf, timeOf } from '../zone-time.ts'
import classes from './calendar.module.css'
import { groupByDay } from './calendar-range.ts'
import { nameOf } from './entry-name.ts'
import { MoveMenu, type MoveProps } from './move-menu.tsx'

type Props = Omit<MoveProps, 'entry'> & {
  workspaceId: string
  entries: readonly CalendarEntry[]
  connections: readonly Connection[]
}

/** The entries by day, one under the other: for phones, and for reading. */
export function DayList({ workspaceId, entries, connections, ...move }: Props) {
  const today = dayOf(localOf(new Date(), move.zone))
  return (
    <Stack gap="lg">
      {groupByDay(entries).map(({ day, entries: due }) => (
        <section key={day} aria-label={dayWords(day)}>
          <Group justify="space-between" wrap="nowrap" className={classes.listDay}>
            <Title order={2} size="h3">
              {dayAndMonthWords(day)}
              {day === today ? ', today' : ''}
            </Title>
            {day >= today ? (
              <IconLink
                to={paths.newPost(workspaceId)}
                search={{ at: day }}
                variant="subtle"
                color="gray"
                aria-label={`Write a post for ${dayWords(day)}`}
              >
                <IconPlus size={16} />
              </IconLink>
            ) : null}
          </Group>
          <Stack gap="xs" component="ul" m={0} p={0}>
            {due.map((entry) => (
              <Paper
                key={entry.targetId}
                component="li"
                withBorder
                p="xs"
                className={classes.listRow}
              >
                <Group wrap="nowrap" gap="sm">
                  {entry.thumbnailUrl ? (
                    <img
                      className={classes.thumbnail}
                      src={entry.thumbnailUrl}
                      alt=""
                      loading="lazy"
                    />
                  ) : (
                    <div className={classes.thumbnail} />
                  )}
                  <Stack gap={2} flex={1} miw={0}>
                    <Link to={paths.post(workspaceId, entry.postId)} className={classes.listLink}>
                      {nameOf(entry)}
                    </Link>
                    <Group gap={8}>
                      <Text size="sm" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
                        {timeOf(entry.dueLocal)}
                      </Text>
                      <StateBadge state={entry.state} size="sm" />
                      <Text size="xs" c="dimmed">
                        {connections.find((one) => one.id === entry.connectionId)?.label}
                      </Text>
                    </Group>
                  </Stack>
                  <MoveMenu {...move} entry={entry} />
                </Group>
              </Paper>
            ))}
          </Stack>
        </section>
      ))}
    </Stack>
  )
}
