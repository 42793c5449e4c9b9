import { useQuery } from '@tanstack/react-query'
import { api, query } from '../../app/api.ts'

type Place = { id: string; name: string; private: boolean; count: number | null }
type Portion = { items: Place[]; nextCursor: string | null }

/** Reads every portion of a list that a network gives in portions. */
async function all(read: (cursor: string | undefined) => Promise<Portion>): Promise<Place[]> {
  const places: Place[] = []
  let cursor: string | undefined
  do {
    const portion = await read(cursor)
    places.push(...portion.items)
    cursor = portion.nextCursor ?? undefined
  } while (cursor)
  return places
}

/** Every place on an account, asked from the network when the page shows it. */
export function useDestinations(id: string) {
  return useQuery({
    queryKey: [...query.networks.destinations.key({ input: { id } }), 'all'],
    queryFn: ({ signal }) => all((cursor) => api.networks.destinations({ id, cursor }, { signal })),
    retry: false,
    staleTime: 60_000,
  })
}

/** Every part of one place, such as the sections of a board. */
export function useDestinationChildren(id: string, destinationId: string) {
  return useQuery({
    queryKey: [...query.networks.destinationChildren.key({ input: { id, destinationId } }), 'all'],
    queryFn: ({ signal }) =>
      all((cursor) => api.networks.destinationChildren({ id, destinationId, cursor }, { signal })),
    retry: false,
    staleTime: 60_000,
  })
}
