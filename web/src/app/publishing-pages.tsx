import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, useState } from 'react'
import { z } from 'zod'
import { Day, LocalTime } from '../../../contract/base.ts'
import { AssetKind } from '../../../contract/media.ts'
import { TargetState } from '../../../contract/publishing.ts'
import { paths } from './paths.ts'

const Calendar = lazy(async () => ({
  default: (await import('../features/publishing/calendar-page.tsx')).CalendarPage,
}))
const Posts = lazy(async () => ({
  default: (await import('../features/publishing/posts-page.tsx')).PostsPage,
}))
const Post = lazy(async () => ({
  default: (await import('../features/publishing/post-page.tsx')).PostPage,
}))
const Library = lazy(async () => ({
  default: (await import('../features/media/library-page.tsx')).LibraryPage,
}))
const Editor = lazy(async () => ({ default: (await import('./post-editor.tsx')).PostEditor }))

/** What the address of a page may say. Anything else in it is left out, never an error. */
const text = z.string().max(100).optional().catch(undefined)
const id = z.uuid().optional().catch(undefined)
const state = TargetState.optional().catch(undefined)
const CalendarSearch = z.object({
  view: z.enum(['month', 'week', 'day', 'list']).optional().catch(undefined),
  day: Day.optional().catch(undefined),
  state,
  connectionId: id,
})
const PostsSearch = z.object({ search: text, state, connectionId: id })
const LibrarySearch = z.object({
  kind: AssetKind.optional().catch(undefined),
  search: text,
  file: id,
})
const NewPostSearch = z.object({
  at: z.union([LocalTime, Day]).optional().catch(undefined),
  post: id,
})

/** The workspace of the page, what its address says, and changing that in place. */
function usePlace<Search extends z.ZodType<object>>(schema: Search) {
  const { workspaceId } = useParams({ strict: false })
  if (!workspaceId) throw new Error('This page stands under /w/:workspaceId')
  const navigate = useNavigate()
  const search: z.infer<Search> = schema.parse(useSearch({ strict: false }))
  const onSearch = (next: z.infer<Search>) =>
    void navigate({ to: '.', search: () => next, replace: true, resetScroll: false })
  return { workspaceId, search, onSearch, navigate }
}

export function CalendarPage() {
  const { workspaceId, search, onSearch, navigate } = usePlace(CalendarSearch)
  return (
    <Calendar
      workspaceId={workspaceId}
      search={search}
      onSearch={onSearch}
      onStart={(at) => void navigate({ to: paths.newPost(workspaceId), search: () => ({ at }) })}
    />
  )
}

export function PostsPage() {
  const { workspaceId, search, onSearch } = usePlace(PostsSearch)
  return <Posts workspaceId={workspaceId} filter={search} onFilter={onSearch} />
}

export function LibraryPage() {
  const { workspaceId, search, onSearch } = usePlace(LibrarySearch)
  return <Library workspaceId={workspaceId} search={search} onSearch={onSearch} />
}

export function PostPage() {
  const { workspaceId } = usePlace(z.object({}))
  const { postId } = useParams({ strict: false })
  if (!postId) throw new Error('This page stands under /posts/:postId')
  return <Post key={postId} workspaceId={workspaceId} postId={postId} />
}

/** Counts up when the address leaves a post, but not when the first save puts one into it. */
function useRound(post: string | undefined): number {
  const [now, setNow] = useState({ post, round: 0 })
  if (now.post === post) return now.round
  const next = { post, round: now.post === undefined ? now.round : now.round + 1 }
  setNow(next)
  return next.round
}

/** A new post. Once it is saved the address names it, so that a reload goes on with it. */
export function NewPostPage() {
  const { workspaceId, search, onSearch } = usePlace(NewPostSearch)
  const round = useRound(search.post)
  return (
    <Editor
      key={round}
      workspaceId={workspaceId}
      reloadedId={search.post}
      startAt={search.at}
      onCreated={(postId) => onSearch({ ...search, post: postId })}
    />
  )
}

export function EditPostPage() {
  const { workspaceId } = usePlace(z.object({}))
  const { postId } = useParams({ strict: false })
  if (!postId) throw new Error('This page stands under /posts/:postId/edit')
  return <Editor key={postId} workspaceId={workspaceId} postId={postId} />
}
