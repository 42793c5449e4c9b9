import { notifications } from '@mantine/notifications'
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { CalendarEntry } from '../../../../../contract/publishing.ts'
import { api } from '../../../app/api.ts'
import { faultOf } from '../../../app/errors.ts'
import { sentences } from '../../../ui/sentences.ts'
import { type CalendarFilter, calendarQuery, refreshPosts } from '../queries.ts'
import { localWords, timeOf } from '../zone-time.ts'
import type { DayRange } from './calendar-range.ts'
import { nameOf } from './entry-name.ts'

/** Where an entry is moved: a day keeps its time of day. */
export type Destiny = { day: string } | { local: string; repeatedHour?: 'first' | 'second' }

/** A view of more than this many entries tells nobody anything; filters do. */
const mostPages = 6

type Pages = InfiniteData<{ items: CalendarEntry[]; nextCursor: string | null }, string | undefined>

const localIn = (entry: CalendarEntry, to: Destiny) =>
  'day' in to ? `${to.day}T${timeOf(entry.dueLocal)}` : to.local

/** The entries of the visible days, and moving one of them: shown at once, taken back if refused. */
export function useCalendar(range: DayRange, filter: CalendarFilter) {
  const queries = useQueryClient()
  const options = calendarQuery(range, filter)
  const list = useInfiniteQuery({ ...options, placeholderData: keepPreviousData })
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage, data } = list
  const isTooMany = hasNextPage && (data?.pages.length ?? 0) >= mostPages
  const wantsMore = hasNextPage && !isFetchingNextPage && !isError && !isTooMany
  useEffect(() => {
    if (wantsMore) void fetchNextPage()
  }, [wantsMore, fetchNextPage])
  const entries = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])

  const patch = (targetId: string, part: Partial<CalendarEntry>) =>
    queries.setQueryData<Pages>(
      options.queryKey,
      (before) =>
        before && {
          ...before,
          pages: before.pages.map((page) => ({
            ...page,
            items: page.items.map((one) => (one.targetId === targetId ? { ...one, ...part } : one)),
          })),
        },
    )
  const move = useMutation({
    mutationFn: ({ entry, to }: { entry: CalendarEntry; to: Destiny }) =>
      api.publishing.reschedule({
        id: entry.targetId,
        to: 'day' in to ? to : { repeatedHour: 'first', ...to },
      }),
    onMutate: async ({ entry, to }) => {
      await queries.cancelQueries({ queryKey: options.queryKey })
      patch(entry.targetId, { dueLocal: localIn(entry, to) })
    },
    onSuccess: ({ notes }, { entry, to }) => {
      const moved = `${nameOf(entry)} is now due ${localWords(localIn(entry, to))}.`
      notifications.show({
        message: sentences(moved, ...notes),
        autoClose: notes.length > 0 ? 15_000 : undefined,
      })
    },
    onError: (error, { entry }) => {
      patch(entry.targetId, { dueLocal: entry.dueLocal })
      const { message, fix } = faultOf(error)
      notifications.show({
        color: 'red',
        title: `${nameOf(entry)} stays at ${localWords(entry.dueLocal)}`,
        message: sentences(message, fix),
        autoClose: 10_000,
      })
    },
    onSettled: () => refreshPosts(queries),
  })
  return {
    list,
    entries,
    isTooMany,
    move: (entry: CalendarEntry, to: Destiny) => {
      if (localIn(entry, to) !== entry.dueLocal) move.mutate({ entry, to })
    },
  }
}
