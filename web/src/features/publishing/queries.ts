import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { TargetState } from '../../../../contract/publishing.ts'
import { query } from '../../app/api.ts'
import type { DayRange } from './calendar/calendar-range.ts'

export type PostsFilter = { search?: string; state?: TargetState; connectionId?: string }

const pageSize = 30

/** Posts, newest change first, page after page. */
export const postsQuery = (filter: PostsFilter) =>
  infiniteQueryOptions(
    query.publishing.posts.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filter, cursor, limit: pageSize }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
  )

export type CalendarFilter = { state?: TargetState; connectionId?: string }

const calendarPageSize = 500

/** Targets due in a range of days. More than one page of them is loaded by the calendar itself. */
export const calendarQuery = (range: DayRange, filter: CalendarFilter) =>
  infiniteQueryOptions(
    query.publishing.calendar.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...range,
        ...filter,
        cursor,
        limit: calendarPageSize,
      }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
  )

export const postQuery = (id: string) => query.publishing.post.queryOptions({ input: { id } })
export const attemptsQuery = (id: string) =>
  query.publishing.attempts.queryOptions({ input: { id } })
export const slotsQuery = (connectionId: string) =>
  query.publishing.slots.queryOptions({ input: { id: connectionId } })
export const connectionsQuery = () => query.networks.connections.queryOptions()
/** What each network takes changes only with a new version of the server. */
export const manifestsQuery = () =>
  queryOptions({ ...query.networks.networks.queryOptions(), staleTime: Number.POSITIVE_INFINITY })

/** Reads again everything that shows posts. */
export const refreshPosts = (queries: QueryClient) =>
  queries.invalidateQueries({ queryKey: query.publishing.key() })
