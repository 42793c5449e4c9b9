import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { MediaDropzone } from '../features/media/media-dropzone.tsx'
import { MediaPicker } from '../features/media/media-picker.tsx'
import { EditPostPage, NewPostPage } from '../features/publishing/post-editor-page.tsx'
import type { MediaSlots } from '../features/publishing/slots.ts'
import { paths } from './paths.ts'

const slots: MediaSlots = { Picker: MediaPicker, Dropzone: MediaDropzone }

type Props = {
  workspaceId: string
  postId?: string
  /** A post that was new when this page was first loaded. */
  reloadedId?: string
  /** The day or local time at which it was started from the calendar. */
  startAt?: string
  onCreated?: (postId: string) => void
}

/** The editor of posts, with the library's parts in it. */
export function PostEditor({ workspaceId, postId, reloadedId, startAt, onCreated }: Props) {
  const navigate = useNavigate()
  // The first save puts the post into the address; the editor that made it stays as it is.
  const [opened] = useState(postId ?? reloadedId)
  const shared = {
    workspaceId,
    slots,
    startAt: startAt?.length === 10 ? `${startAt}T09:00` : startAt,
    onCreated: (post: { id: string }) => onCreated?.(post.id),
    onSent: (post: { id: string }) => void navigate({ to: paths.post(workspaceId, post.id) }),
  }
  return opened ? <EditPostPage {...shared} postId={opened} /> : <NewPostPage {...shared} />
}
