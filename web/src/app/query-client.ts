import { QueryCache, QueryClient } from '@tanstack/react-query'
import { faultOf } from './errors.ts'

/** Trying again only helps where the answer may be another next time. */
const passing = ['offline', 'internal', 'bad_gateway', 'unavailable']

/**
 * @param onSignedOut called when an answer says that nobody is signed in any more
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (faultOf(error).code === 'unauthenticated') onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => count < 2 && passing.includes(faultOf(error).code),
      },
      mutations: { retry: false },
    },
  })
}
