import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { query } from '../../../app/api.ts'

/** A place on an account, such as a board. */
export type Place = { id: string; name: string; private: boolean; count: number | null }

/** The network's own list is asked again after this long; nothing of it is stored by the server. */
const freshMs = 60_000

const destinationsQuery = (connectionId: string) =>
  query.networks.destinations.infiniteOptions({
    input: (cursor: string | undefined) => ({ id: connectionId, cursor }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: freshMs,
  })

const childrenQuery = (connectionId: string, destinationId: string) =>
  query.networks.destinationChildren.infiniteOptions({
    input: (cursor: string | undefined) => ({ id: connectionId, destinationId, cursor }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: freshMs,
  })

export type LivePlaces = {
  places: readonly Place[]
  isLoading: boolean
  error: unknown
  hasMore: boolean
  loadMore: () => void
  reload: () => void
}

/**
 * Places on an account as the network lists them now. Pages are loaded until `wanted` is among
 * them, so that a place chosen earlier has its name.
 */
export function useDestinations(connectionId: string, wanted: string | null): LivePlaces {
  const list = useInfiniteQuery(destinationsQuery(connectionId))
  return useLivePlaces(list, wanted)
}

/** Parts of a place, such as the sections of a board. */
export function useDestinationChildren(
  connectionId: string,
  destinationId: string | null,
  wanted: string | null,
): LivePlaces {
  const list = useInfiniteQuery({
    ...childrenQuery(connectionId, destinationId ?? ''),
    enabled: destinationId !== null,
    placeholderData: destinationId === null ? undefined : keepPreviousData,
  })
  return useLivePlaces(list, wanted)
}

type PagedPlaces = {
  data: { pages: { items: Place[] }[] } | undefined
  isFetching: boolean
  error: unknown
  hasNextPage: boolean
  fetchNextPage: () => Promise<unknown>
  refetch: () => Promise<unknown>
}

function useLivePlaces(list: PagedPlaces, wanted: string | null): LivePlaces {
  const { data, isFetching, error, hasNextPage, fetchNextPage, refetch } = list
  const places = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  const missing = wanted !== null && !places.some((place) => place.id === wanted)
  useEffect(() => {
    if (missing && hasNextPage && !isFetching && !error) void fetchNextPage()
  }, [missing, hasNextPage, isFetching, error, fetchNextPage])
  return {
    places,
    isLoading: isFetching,
    error,
    hasMore: hasNextPage,
    loadMore: () => void fetchNextPage(),
    reload: () => void refetch(),
  }
}
