import { Alert, Button, Group, Paper, Stack, Title } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import type { Manifest } from '../../../../contract/networks.ts'
import type { Post, TargetState } from '../../../../contract/publishing.ts'
import { query } from '../../app/api.ts'
import { faultOf } from '../../app/errors.ts'
import { paths } from '../../app/paths.ts'
import { useMay } from '../../app/permissions.ts'
import { ButtonLink } from '../../ui/links.tsx'
import { Page } from '../../ui/page.tsx'
import classes from './composer/composer.module.css'
import { MediaField } from './composer/media-field.tsx'
import { PreviewPanel } from './composer/preview-panel.tsx'
import { PublishBar } from './composer/publish-bar.tsx'
import { StaleEditModal } from './composer/stale-edit-modal.tsx'
import { TargetsField } from './composer/targets-field.tsx'
import { TextFields } from './composer/text-fields.tsx'
import { usePostCheck } from './composer/use-post-check.ts'
import { type PostDraft, usePostDraft } from './composer/use-post-draft.ts'
import { useSending } from './composer/use-sending.ts'
import { draftOf, startingDraft } from './draft.ts'
import { connectionsQuery, manifestsQuery, postQuery } from './queries.ts'
import type { MediaSlots } from './slots.ts'

type Shared = {
  workspaceId: string
  slots: MediaSlots
  /** Local time at which the post was started from the calendar. */
  startAt?: string
  onCreated: (post: Post) => void
  onSent: (post: Post) => void
}

/** Writes a new post. It is saved at the first change. */
export function NewPostPage(props: Shared) {
  const connections = useSuspenseQuery(connectionsQuery()).data.items
  const workspace = useSuspenseQuery(query.accounts.workspace.queryOptions()).data
  const [start] = useState(() => startingDraft(connections, workspace.defaultConnectionId))
  return <Editor {...props} post={null} start={start} title="New post" />
}

/** Goes on with a post. */
export function EditPostPage({ postId, ...props }: Shared & { postId: string }) {
  const post = useSuspenseQuery(postQuery(postId)).data
  const [start] = useState(() => draftOf(post))
  return <Editor {...props} post={post} start={start} title="Edit post" />
}

type EditorProps = Shared & {
  post: Post | null
  start: ReturnType<typeof draftOf>
  title: string
}

function Editor({
  workspaceId,
  slots,
  startAt,
  post,
  start,
  title,
  onCreated,
  onSent,
}: EditorProps) {
  const workspace = useSuspenseQuery(query.accounts.workspace.queryOptions()).data
  const connections = useSuspenseQuery(connectionsQuery()).data.items
  const manifests = useSuspenseQuery(manifestsQuery()).data.items
  const [spacingMinutes, setSpacing] = useState(0)
  const top = useRef<HTMLDivElement>(null)
  const editor = usePostDraft({ workspaceId, post, start, onCreated })
  const { draft, change, autosave } = editor
  const findings = usePostCheck(draft, editor.post?.id)
  const sending = useSending({
    editor,
    spacingMinutes,
    onErrors: () =>
      top.current
        ?.querySelector('[aria-label="To fix"]')
        ?.scrollIntoView({ behavior: 'smooth', block: 'center' }),
    onSent,
  })
  const mayWrite = useMay('posts.write')
  const mayPublish = useMay('posts.publish')
  const locked = editor.post && !editor.post.can.edit.ok ? editor.post.can.edit : mayWrite
  const [unlocked, setUnlocked] = useState(false)
  const isWaiting = editor.post?.targets.some(({ state }) => inCalendar.includes(state)) ?? false
  const asksFirst = locked.ok && isWaiting && !unlocked
  const disabled = !locked.ok || asksFirst
  const chosen = manifestsOf(editor, connections, manifests)
  return (
    <Page title={title}>
      <div className={classes.columns} ref={top}>
        <Stack gap="lg">
          <Left editor={editor} />
          {asksFirst ? <InCalendar onGoOn={() => setUnlocked(true)} /> : null}
          {!locked.ok ? (
            <Alert color="orange" title="This post can’t be edited now">
              {locked.why}
              {editor.post ? (
                <ButtonLink
                  to={paths.post(workspaceId, editor.post.id)}
                  variant="subtle"
                  size="compact-sm"
                >
                  See how it stands
                </ButtonLink>
              ) : null}
            </Alert>
          ) : null}
          <Part title="Where it goes">
            <TargetsField
              workspaceId={workspaceId}
              targets={draft.targets}
              connections={connections}
              manifests={manifests}
              findings={findings}
              spacingMinutes={spacingMinutes}
              disabled={disabled}
              onChange={(targets) => change({ targets })}
              onSpacing={setSpacing}
            />
          </Part>
          <Part title="Photos or video">
            <MediaField
              workspaceId={workspaceId}
              postId={editor.post?.id ?? null}
              media={draft.media}
              manifests={chosen}
              findings={findings}
              slots={slots}
              disabled={disabled}
              ensurePost={async () => (await autosave.flush())?.id ?? null}
              onChange={change}
            />
          </Part>
          <Part title="Words">
            <TextFields
              draft={draft}
              manifests={chosen}
              findings={findings}
              refused={refusedFields(editor)}
              disabled={disabled}
              onChange={change}
            />
          </Part>
          <div className={classes.bar}>
            <PublishBar
              editor={editor}
              sending={sending}
              targets={draft.targets}
              findings={findings}
              may={mayPublish}
              zone={workspace.timeZone}
              weekStart={workspace.weekStart}
              startAt={startAt}
            />
          </div>
        </Stack>
        <aside className={classes.aside} aria-label="Preview">
          <PreviewPanel draft={draft} connections={connections} manifests={manifests} />
        </aside>
      </div>
      <StaleEditModal editor={editor} zone={workspace.timeZone} />
    </Page>
  )
}

/** States that a change of the words takes back. */
const inCalendar: readonly TargetState[] = [
  'in_review',
  'approved',
  'scheduled',
  'held',
  'publishing',
  'prepared',
]

const InCalendar = ({ onGoOn }: { onGoOn: () => void }) => (
  <Alert color="blue" title="This post is in the calendar">
    <Group justify="space-between" gap="sm">
      <span>A change takes it out until you schedule it again.</span>
      <Button size="compact-sm" onClick={onGoOn}>
        Change it
      </Button>
    </Group>
  </Alert>
)

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Paper withBorder p="md" radius="lg" component="section" aria-label={title}>
    <Title order={2} size="h3" mb="sm">
      {title}
    </Title>
    {children}
  </Paper>
)

/** Text of an earlier visit that never reached the server. */
function Left({ editor: { left, takeLeft, dropLeft } }: { editor: PostDraft }) {
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

/** What the chosen connections' networks take; all networks' while none is chosen. */
function manifestsOf(
  { draft }: PostDraft,
  connections: readonly { id: string; network: string }[],
  manifests: readonly Manifest[],
) {
  const networks = draft.targets.map(
    (target) => connections.find((one) => one.id === target.connectionId)?.network,
  )
  const chosen = manifests.filter((one) => networks.includes(one.network))
  return chosen.length > 0 ? chosen : manifests
}

/** What the server would not even save, by field. */
function refusedFields({ save }: PostDraft): Partial<Record<string, string>> {
  if (save.kind !== 'failed') return {}
  const { issues } = faultOf(save.error)
  return Object.fromEntries(issues.map((issue): [string, string] => [issue.field, issue.message]))
}
