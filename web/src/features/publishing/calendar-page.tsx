import { Alert, Box, Button, Group, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCalendarPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { query } from '../../app/api.ts'
import { faultOf } from '../../app/errors.ts'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/permissions.ts'
import { ButtonLink } from '../../ui/links.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Failed, Waiting } from '../../ui/states.tsx'
import classes from './calendar/calendar.module.css'
import { CalendarHeader } from './calendar/calendar-header.tsx'
import { type CalendarView, visibleRange } from './calendar/calendar-range.ts'
import { DayList } from './calendar/day-list.tsx'
import { CalendarGrid } from './calendar/grids.tsx'
import { useCalendar } from './calendar/use-calendar.ts'
import { NewPostButton } from './new-post-button.tsx'
import { type CalendarFilter, connectionsQuery } from './queries.ts'
import { TargetFilters } from './target-filters.tsx'
import { dayOf, localOf, zoneWords } from './zone-time.ts'

export type CalendarSearch = CalendarFilter & { view?: CalendarView; day?: string }

type Props = {
  workspaceId: string
  search: CalendarSearch
  onSearch: (search: CalendarSearch) => void
  /** Starts a post at a day or a local time. */
  onStart: (at: string) => void
}

/** What goes out when, on the clocks of the workspace. View, day and filters stand in the address. */
export function CalendarPage({ workspaceId, search, onSearch, onStart }: Props) {
  const { timeZone, weekStart } = useSuspenseQuery(query.accounts.workspace.queryOptions()).data
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const today = dayOf(localOf(new Date(), timeZone))
  const { view = 'month', day = today, state, connectionId } = search
  return (
    <Page
      title="Calendar"
      lead={`Times are ${zoneWords(timeZone, new Date())}.`}
      actions={
        <>
          <TargetFilters
            filter={{ state, connectionId }}
            onFilter={(part) => onSearch({ ...search, ...part })}
          />
          <NewPostButton workspaceId={workspaceId} />
        </>
      }
    >
      <CalendarHeader
        view={view}
        day={day}
        today={today}
        weekStart={weekStart}
        onDay={(next) => onSearch({ ...search, day: next === today ? undefined : next })}
        onView={(next) => onSearch({ ...search, view: next === 'month' ? undefined : next })}
      />
      <Shown
        workspaceId={workspaceId}
        view={view}
        day={day}
        filter={{ state, connectionId }}
        asList={isPhone || view === 'list'}
        zone={timeZone}
        weekStart={weekStart}
        onStart={onStart}
        onOpenDay={(next) => onSearch({ ...search, view: 'day', day: next })}
        onClear={() => onSearch({ view: search.view, day: search.day })}
      />
    </Page>
  )
}

type ShownProps = {
  workspaceId: string
  view: CalendarView
  day: string
  filter: CalendarFilter
  asList: boolean
  zone: string
  weekStart: number
  onStart: (at: string) => void
  onOpenDay: (day: string) => void
  onClear: () => void
}

function Shown({ workspaceId, view, day, filter, asList, zone, weekStart, ...on }: ShownProps) {
  const connections = useSuspenseQuery(connectionsQuery()).data.items
  const may = useMay('posts.publish')
  // A phone lists the days of the month itself, without those of its neighbours.
  const range = visibleRange(asList && view === 'month' ? 'list' : view, day, weekStart)
  const { list, entries, isTooMany, move } = useCalendar(range, filter)
  if (list.isPending) return <Waiting />
  if (list.isError && entries.length === 0) {
    const { message, fix } = faultOf(list.error)
    return <Failed title={message} words={fix} onRetry={() => void list.refetch()} />
  }
  const shared = { workspaceId, entries, zone, weekStart, refusal: may.why, onMove: move }
  const isFiltered = Boolean(filter.state ?? filter.connectionId)
  return (
    <Stack gap="sm">
      {isTooMany ? (
        <Alert color="blue">
          There is more on these days than fits here. Choose a shorter time or a filter.
        </Alert>
      ) : null}
      {entries.length === 0 && isFiltered ? (
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            Nothing matches the filters on these days.
          </Text>
          <Button size="compact-sm" variant="default" onClick={on.onClear}>
            Show all
          </Button>
        </Group>
      ) : null}
      <Box className={list.isPlaceholderData ? classes.stale : undefined}>
        {asList || view === 'list' ? (
          <List {...shared} connections={connections} isFiltered={isFiltered} />
        ) : (
          <CalendarGrid
            {...shared}
            view={view}
            day={day}
            onStart={on.onStart}
            onOpenDay={on.onOpenDay}
          />
        )}
      </Box>
    </Stack>
  )
}

function List({ isFiltered, ...props }: Parameters<typeof DayList>[0] & { isFiltered: boolean }) {
  if (props.entries.length > 0) return <DayList {...props} />
  if (isFiltered) return null
  return (
    <Empty
      title="Nothing goes out on these days"
      words="Posts stand here once they have a time."
      icon={<IconCalendarPlus stroke={1.5} />}
      action={<ButtonLink to={paths.newPost(props.workspaceId)}>Write a post</ButtonLink>}
    />
  )
}
