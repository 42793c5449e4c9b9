import { useQuery } from '@tanstack/react-query'
import { ask, auth } from './auth.ts'

/**
 * Who is signed in, for pages that also strangers see; null for nobody. Asks the sign-in library
 * and not `/me`, which answers a stranger with an error.
 */
export function useSignedIn() {
  return useQuery({
    queryKey: ['signed-in'],
    queryFn: async () => {
      const { data, error } = await auth.getSession()
      if (error) await ask(() => Promise.resolve({ data, error }))
      return data ? { name: data.user.name, email: data.user.email } : null
    },
    retry: false,
  })
}
