import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { paths } from '../../app/paths.ts'
import { ask, auth } from './auth.ts'

/** Ends this sign-in and loads the first page anew, so that nothing read stays in memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => ask((fetchOptions) => auth.signOut({ fetchOptions })),
    onSuccess: () => location.assign(paths.start()),
    onError: (error) => notifications.show({ color: 'red', message: error.message }),
  })
}
