import { Paper, Stack, Title } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import type { Connection, Manifest } from '../../../../contract/networks.ts'
import type { Finding, Post } from '../../../../contract/publishing.ts'
import { query } from '../../app/api.ts'
import { faultOf } from '../../app/errors.ts'
import { useMay } from '../../app/permissions.ts'
import { Page } from '../../ui/page.tsx'
import classes from './composer/composer.module.css'
import { InCalendar, Left, Locked, useLock } from './composer/editor-notices.tsx'
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
  const { timeZone, weekStart } = useSuspenseQuery(query.accounts.workspace.queryOptions()).data
  const connections = useSuspenseQuery(connectionsQuery()).data.items
  const manifests = useSuspenseQuery(manifestsQuery()).data.items
  const [spacingMinutes, setSpacing] = useState(0)
  const page = useRef<HTMLDivElement>(null)
  const editor = usePostDraft({ workspaceId, post, start, onCreated })
  const findings = usePostCheck(editor.draft, editor.post?.id)
  const onErrors = () => showFirstError(page.current)
  const sending = useSending({ editor, spacingMinutes, onErrors, onSent })
  const lock = useLock(editor.post)
  const mayPublish = useMay('posts.publish')
  const shared = { workspaceId, editor, connections, manifests, findings, disabled: lock.isLocked }
  return (
    <Page title={title}>
      <div className={classes.columns} ref={page}>
        <Stack gap="lg">
          <Left editor={editor} />
          {lock.asksFirst ? <InCalendar onGoOn={lock.open} /> : null}
          {lock.can.ok ? null : (
            <Locked workspaceId={workspaceId} post={editor.post} can={lock.can} />
          )}
          <Fields
            {...shared}
            slots={slots}
            spacingMinutes={spacingMinutes}
            onSpacing={setSpacing}
          />
          <div className={classes.bar}>
            <PublishBar
              editor={editor}
              sending={sending}
              targets={editor.draft.targets}
              findings={findings}
              may={mayPublish}
              zone={timeZone}
              weekStart={weekStart}
              startAt={startAt}
            />
          </div>
        </Stack>
        <aside className={classes.aside} aria-label="Preview">
          <PreviewPanel draft={editor.draft} connections={connections} manifests={manifests} />
        </aside>
      </div>
      <StaleEditModal editor={editor} zone={timeZone} />
    </Page>
  )
}

const showFirstError = (page: HTMLElement | null) =>
  page
    ?.querySelector('[aria-label="To fix"]')
    ?.scrollIntoView({ behavior: 'smooth', block: 'center' })

type FieldsProps = {
  workspaceId: string
  editor: PostDraft
  connections: readonly Connection[]
  manifests: readonly Manifest[]
  findings: readonly Finding[]
  disabled: boolean
  slots: MediaSlots
  spacingMinutes: number
  onSpacing: (minutes: number) => void
}

function Fields({ workspaceId, editor, connections, manifests, findings, ...rest }: FieldsProps) {
  const { draft, change, autosave } = editor
  const { disabled, slots, spacingMinutes, onSpacing } = rest
  const chosen = manifestsOf(editor, connections, manifests)
  return (
    <>
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
          onSpacing={onSpacing}
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
    </>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Paper withBorder p="md" radius="lg" component="section" aria-label={title}>
    <Title order={2} size="h3" mb="sm">
      {title}
    </Title>
    {children}
  </Paper>
)

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
