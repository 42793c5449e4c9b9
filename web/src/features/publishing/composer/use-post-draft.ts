import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import type { Post } from '../../../../../contract/publishing.ts'
import { api } from '../../../app/api.ts'
import { faultOf } from '../../../app/errors.ts'
import { contentOf, type Draft, saysTheSame } from '../draft.ts'
import { postQuery, refreshPosts } from '../queries.ts'
import { Autosave, type AutosavePorts } from './autosave.ts'
import { forgetDraft, keepDraft, keptDraft } from './kept-draft.ts'

const passing = ['offline', 'internal', 'bad_gateway', 'unavailable', 'rate_limited']

const ports = (workspaceId: string): AutosavePorts => ({
  create: (draft, idempotencyKey) =>
    api.publishing.createPost(contentOf(draft), { context: { idempotencyKey } }),
  update: (id, version, draft) => api.publishing.updatePost({ id, version, ...contentOf(draft) }),
  read: (id) => api.publishing.post({ id }),
  newKey: () => crypto.randomUUID(),
  isStale: (error) => faultOf(error).code === 'stale_edit',
  isPassing: (error) => passing.includes(faultOf(error).code),
  keep: (draft, post) => keepDraft(workspaceId, draft, post),
  forget: (post) => {
    forgetDraft(workspaceId, post)
    forgetDraft(workspaceId, null)
  },
})

type Options = {
  workspaceId: string
  post: Post | null
  start: Draft
  /** The first save made the post: its address can be shown. */
  onCreated: (post: Post) => void
}

/** The draft of the editor, saved by itself. See Autosave for what it promises. */
export function usePostDraft({ workspaceId, post: read, start, onCreated }: Options) {
  const queries = useQueryClient()
  const [autosave] = useState(() => new Autosave(ports(workspaceId), { draft: start, post: read }))
  const [left, setLeft] = useState(() => {
    const kept = keptDraft(workspaceId, read)
    return kept && !saysTheSame(kept, start) ? kept : null
  })
  const { draft, post, save } = useSyncExternalStore(autosave.subscribe, autosave.snapshot)

  const postId = post?.id
  // What others save while this stands open is taken in, also for a post that was made here.
  const { data: fresh } = useQuery({ ...postQuery(postId ?? ''), enabled: postId !== undefined })
  useEffect(() => {
    if (fresh) autosave.adopt(fresh)
  }, [autosave, fresh])
  useEffect(() => {
    if (post) queries.setQueryData(postQuery(post.id).queryKey, post)
  }, [post, queries])
  const tellCreated = useEffectEvent(() => {
    if (post && read === null) onCreated(post)
  })
  useEffect(() => {
    if (postId) tellCreated()
  }, [postId])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (autosave.snapshot().save.kind !== 'saved') event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => {
      removeEventListener('beforeunload', ask)
      if (autosave.snapshot().save.kind === 'saved') return
      void autosave.flush().then(() => refreshPosts(queries))
    }
  }, [autosave, queries])

  const change = useCallback(
    (part: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) => {
      const before = autosave.snapshot().draft
      autosave.change({ ...before, ...(typeof part === 'function' ? part(before) : part) })
    },
    [autosave],
  )
  const takeLeft = () => {
    if (left) autosave.change(left)
    setLeft(null)
  }
  const dropLeft = () => {
    forgetDraft(workspaceId, read)
    setLeft(null)
  }
  return { draft, post, save, autosave, change, left, takeLeft, dropLeft }
}

export type PostDraft = ReturnType<typeof usePostDraft>
