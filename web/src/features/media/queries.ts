import type { QueryClient } from '@tanstack/react-query'
import { infiniteQueryOptions } from '@tanstack/react-query'
import type { Asset } from '../../../../contract/media.ts'
import { query } from '../../app/api.ts'

export type AssetFilter = { kind?: 'image' | 'video'; search?: string }

const pageSize = 60
const processingPollMs = 1_500

/** The library, newest first, page after page. It is read again while a file is processed. */
export const assetsQuery = (filter: AssetFilter) =>
  infiniteQueryOptions({
    ...query.media.assets.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filter, cursor, limit: pageSize }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isProcessing)) ? processingPollMs : false,
  })

const isProcessing = (asset: Asset) => asset.state === 'processing'

export const refreshAssets = (queries: QueryClient) =>
  queries.invalidateQueries({ queryKey: query.media.key() })
