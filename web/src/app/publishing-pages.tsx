import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, useState } from 'react'
import { paths } from './paths.ts'
import {
  type RawSearch,
  readCalendarSearch,
  readLibrarySearch,
  readNewPostSearch,
  readPostsSearch,
} from './publishing-search.ts'

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

/** The workspace of the page, what its address says, and changing that in place. */
function usePlace<Search extends object>(read: (raw: RawSearch) => Search) {
  const { workspaceId } = useParams({ strict: false })
  if (!workspaceId) throw new Error('This page stands under /w/:workspaceId')
  const navigate = useNavigate()
  const search = read(useSearch({ strict: false }))
  const onSearch = (next: Search) =>
    void navigate({ to: '.', search: () => next, replace: true, resetScroll: false })
  return { workspaceId, search, onSearch, navigate }
}

export function CalendarPage() {
  const { workspaceId, search, onSearch, navigate } = usePlace(readCalendarSearch)
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
  const { workspaceId, search, onSearch } = usePlace(readPostsSearch)
  return <Posts workspaceId={workspaceId} filter={search} onFilter={onSearch} />
}

export function LibraryPage() {
  const { workspaceId, search, onSearch } = usePlace(readLibrarySearch)
  return <Library workspaceId={workspaceId} search={search} onSearch={onSearch} />
}

export function PostPage() {
  const { workspaceId, postId } = useParams({ strict: false })
  if (!workspaceId || !postId) throw new Error('This page stands under /posts/:postId')
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
  const { workspaceId, search, onSearch } = usePlace(readNewPostSearch)
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
  const { workspaceId, postId } = useParams({ strict: false })
  if (!workspaceId || !postId) throw new Error('This page stands under /posts/:postId/edit')
  return <Editor key={postId} workspaceId={workspaceId} postId={postId} />
}
