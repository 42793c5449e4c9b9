import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Finding, Post, When } from '../../../../../contract/publishing.ts'
import { api } from '../../../app/api.ts'
import { faultOf, showFault } from '../../../app/errors.ts'
import { Intent } from '../../../app/intent.ts'
import { sentences } from '../../../ui/sentences.ts'
import { contentOf, distinct, warningRules } from '../draft.ts'
import { postQuery, refreshPosts } from '../queries.ts'
import type { PostDraft } from './use-post-draft.ts'

type Options = {
  editor: PostDraft
  spacingMinutes: number
  /** Shows the first thing to fix. */
  onErrors: () => void
  onSent: (post: Post) => void
}

export const anywayWords: Record<When['kind'], string> = {
  now: 'Publish anyway',
  at: 'Schedule anyway',
  queue: 'Add to the queue anyway',
}
const sentWords: Record<When['kind'], string> = {
  now: 'It is going out now.',
  at: 'Scheduled.',
  queue: 'Added to the queue.',
}

/**
 * Publishing, scheduling and queueing: save, check, ask about warnings, then send. What the server
 * refuses belongs to a field of the draft or, for `when`, to the time.
 */
export function useSending({ editor, spacingMinutes, onErrors, onSent }: Options) {
  const queries = useQueryClient()
  const intent = useRef(new Intent())
  const [asked, setAsked] = useState<{ when: When; warnings: Finding[] } | null>(null)
  const [choosing, setChoosing] = useState(false)
  const [whenError, setWhenError] = useState<string>()
  const send = useMutation({
    mutationFn: async ({ when, accept }: { when: When; accept: readonly Finding[] }) => {
      const post = await editor.autosave.flush()
      if (!post) return null
      const { findings } = await api.publishing.checkPost({
        ...contentOf(editor.autosave.snapshot().draft),
        postId: post.id,
      })
      const errors = findings.filter((one) => one.level === 'error')
      if (errors.length > 0) return { kind: 'errors', errors } as const
      const accepted = warningRules(accept)
      const warnings = findings.filter(
        (one) => one.level === 'warning' && !accepted.includes(one.rule),
      )
      if (warnings.length > 0)
        return { kind: 'warnings', warnings: distinct(findings), when } as const
      const input = {
        id: post.id,
        version: post.version,
        when,
        spacingMinutes,
        acceptWarnings: accepted,
      }
      const idempotencyKey = intent.current.keyFor(input)
      const sent = await api.publishing.schedulePost(input, { context: { idempotencyKey } })
      return { kind: 'sent', ...sent } as const
    },
    onMutate: () => setWhenError(undefined),
    onSuccess: async (answer, { when }) => {
      if (!answer) return
      if (answer.kind === 'errors') {
        setAsked(null)
        setChoosing(false)
        return onErrors()
      }
      if (answer.kind === 'warnings') return setAsked(answer)
      intent.current.done()
      editor.autosave.replace(answer.post)
      queries.setQueryData(postQuery(answer.post.id).queryKey, answer.post)
      notifications.show({
        message: sentences(sentWords[when.kind], ...answer.notes),
        autoClose: answer.notes.length > 0 ? 15_000 : undefined,
      })
      onSent(answer.post)
      await refreshPosts(queries)
    },
    onError: (error) => {
      setAsked(null)
      const fault = faultOf(error)
      const onTime = fault.issues.find((issue) => issue.field.startsWith('when'))
      if (onTime) setWhenError(sentences(onTime.message, fault.fix))
      else showFault(error)
    },
  })
  return {
    isSending: send.isPending,
    /** Whether the person is choosing a time. */
    choosing,
    setChoosing,
    whenError,
    asked,
    start: (when: When) => send.mutate({ when, accept: [] }),
    goOn: () => asked && send.mutate({ when: asked.when, accept: asked.warnings }),
    goBack: () => setAsked(null),
  }
}
