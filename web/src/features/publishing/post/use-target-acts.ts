import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Target } from '../../../../../contract/publishing.ts'
import { api } from '../../../app/api.ts'
import { showFault } from '../../../app/errors.ts'
import { sentences } from '../../../ui/sentences.ts'
import type { LocalChoice } from '../composer/local-time-field.tsx'
import { refreshPosts } from '../queries.ts'

/** What a person can do with one target; every page of posts is read again afterwards. */
export function useTargetActs(target: Pick<Target, 'id'>) {
  const queries = useQueryClient()
  const { id } = target
  const settled = { onSettled: () => refreshPosts(queries), onError: showFault }
  const cancel = useMutation({ mutationFn: () => api.publishing.cancel({ id }), ...settled })
  const retry = useMutation({ mutationFn: () => api.publishing.retry({ id }), ...settled })
  const reschedule = useMutation({
    mutationFn: (to: LocalChoice) => api.publishing.reschedule({ id, to }),
    onSuccess: ({ notes }) => {
      notifications.show({
        message: sentences('Moved', ...notes),
        autoClose: notes.length > 0 ? 15_000 : undefined,
      })
    },
    ...settled,
  })
  return { cancel, retry, reschedule }
}
