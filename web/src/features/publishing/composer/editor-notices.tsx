import { Alert, Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { Can } from '../../../../../contract/base.ts'
import type { Post, TargetState } from '../../../../../contract/publishing.ts'
import { paths } from '../../../app/paths.ts'
import { useMay } from '../../../app/permissions.ts'
import { ButtonLink } from '../../../ui/links.tsx'
import type { PostDraft } from './use-post-draft.ts'

/** States that a change of the words takes back. */
const inCalendar: readonly TargetState[] = [
  'in_review',
  'approved',
  'scheduled',
  'held',
  'publishing',
  'prepared',
]

/** Whether the fields may be changed: by whom, by the state of the post, and after a question. */
export function useLock(post: Post | null) {
  const mayWrite = useMay('posts.write')
  const [isOpened, setOpened] = useState(false)
  const can = post && !post.can.edit.ok ? post.can.edit : mayWrite
  const isWaiting = post?.targets.some(({ state }) => inCalendar.includes(state)) ?? false
  const asksFirst = can.ok && isWaiting && !isOpened
  return { can, asksFirst, isLocked: !can.ok || asksFirst, open: () => setOpened(true) }
}

/** Asks before the first change of a post that has a time. */
export const InCalendar = ({ onGoOn }: { onGoOn: () => void }) => (
  <Alert color="blue" title="This post is in the calendar">
    <Group justify="space-between" gap="sm">
      <span>A change takes it out until you schedule it again.</span>
      <Button size="compact-sm" onClick={onGoOn}>
        Change it
      </Button>
    </Group>
  </Alert>
)

type LockedProps = { workspaceId: string; post: Post | null; can: Can }

/** Says why nothing can be changed here. */
export const Locked = ({ workspaceId, post, can }: LockedProps) => (
  <Alert color="orange" title="This post can’t be edited now">
    {can.why}
    {post ? (
      <ButtonLink to={paths.post(workspaceId, post.id)} variant="subtle" size="compact-sm">
        See how it stands
      </ButtonLink>
    ) : null}
  </Alert>
)

/** Text of an earlier visit that never reached the server. */
export function Left({ editor: { left, takeLeft, dropLeft } }: { editor: PostDraft }) {
  if (!left) return null
  return (
    <Alert color="blue" title="There is unsaved text on this device">
      <Group justify="space-between" gap="sm">
        <span>{left.title || left.body.slice(0, 80) || 'Without a title'}</span>
        <Group gap="xs">
          <Button size="compact-sm" onClick={takeLeft}>
            Go on with it
          </Button>
          <Button size="compact-sm" variant="default" onClick={dropLeft}>
            Throw it away
          </Button>
        </Group>
      </Group>
    </Alert>
  )
}
