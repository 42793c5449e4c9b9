import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { paths } from '../../app/paths.ts'

/** Ends this sign-in and loads the first page anew, so that nothing read stays in memory. */
export function useSignOut() {
  return useMutation({
    // Loaded when wanted: no page inside the app needs the sign-in library for anything else.
    mutationFn: async () => {
      const { ask, auth } = await import('./auth.ts')
      return ask((fetchOptions) => auth.signOut({ fetchOptions }))
    },
    onSuccess: () => location.assign(paths.start()),
    onError: (error) => notifications.show({ color: 'red', message: error.message }),
  })
}
