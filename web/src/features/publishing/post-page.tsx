import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconCopy, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Post } from '../../../../contract/publishing.ts'
import { api, query } from '../../app/api.ts'
import { showFault } from '../../app/errors.ts'
import { useCreating } from '../../app/intent.ts'
import { paths } from '../../app/paths.ts'
import { CanButton } from '../../ui/can-button.tsx'
import { Page } from '../../ui/page.tsx'
import classes from './composer/composer.module.css'
import { PreviewPanel } from './composer/preview-panel.tsx'
import { draftOf } from './draft.ts'
import { TargetPanel } from './post/target-panel.tsx'
import { connectionsQuery, manifestsQuery, postQuery, refreshPosts } from './queries.ts'
import { instantWords } from './zone-time.ts'

type Props = { workspaceId: string; postId: string }

/** One post: what it says, and how it stands in each place it goes to. */
export function PostPage({ workspaceId, postId }: Props) {
  const post = useSuspenseQuery(postQuery(postId)).data
  const workspace = useSuspenseQuery(query.accounts.workspace.queryOptions()).data
  const connections = useSuspenseQuery(connectionsQuery()).data.items
  const manifests = useSuspenseQuery(manifestsQuery()).data.items
  const title = post.title || post.body.slice(0, 60) || 'Post'
  return (
    <Page
      title={title}
      lead={`By ${post.createdBy}, changed ${instantWords(post.updatedAt, workspace.timeZone)}`}
      actions={<Acts workspaceId={workspaceId} post={post} />}
    >
      <div className={classes.columns}>
        <Stack gap="md">
          {post.targets.length === 0 ? (
            <Alert color="gray" title="This is a draft">
              It does not go anywhere yet. Edit it to choose where and when.
            </Alert>
          ) : null}
          {post.targets.map((target, index) => {
            const connection = connections.find((one) => one.id === target.connectionId)
            return (
              <TargetPanel
                key={target.id}
                target={target}
                connection={connection}
                manifest={manifests.find((one) => one.network === target.network)}
                number={index + 1}
                zone={workspace.timeZone}
                weekStart={workspace.weekStart}
              />
            )
          })}
          <Content post={post} />
        </Stack>
        <aside className={classes.aside} aria-label="Preview">
          <PreviewPanel draft={draftOf(post)} connections={connections} manifests={manifests} />
        </aside>
      </div>
    </Page>
  )
}

function Acts({ workspaceId, post }: { workspaceId: string; post: Post }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const edit = () => navigate({ to: paths.editPost(workspaceId, post.id) })
  const copy = useCreating(api.publishing.duplicatePost, {
    onSuccess: (made) => navigate({ to: paths.editPost(workspaceId, made.id) }),
    onError: showFault,
  })
  const remove = useMutation({
    mutationFn: () => api.publishing.deletePost({ id: post.id }),
    onSuccess: async () => {
      notifications.show({ message: 'The post is deleted.' })
      await navigate({ to: paths.posts(workspaceId) })
      await refreshPosts(queries)
    },
    onError: showFault,
  })
  const askDelete = () =>
    modals.openConfirmModal({
      title: 'Delete this post?',
      children: <Text size="sm">It is gone for good, and does not go out.</Text>,
      labels: { confirm: 'Delete', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    })
  return (
    <>
      <CanButton
        can={post.can.edit}
        leftSection={<IconPencil size={16} />}
        onClick={() => void edit()}
      >
        Edit
      </CanButton>
      <Button
        variant="default"
        leftSection={<IconCopy size={16} />}
        loading={copy.isPending}
        onClick={() => copy.mutate({ id: post.id })}
      >
        Duplicate
      </Button>
      <CanButton
        can={post.can.delete}
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={16} />}
        loading={remove.isPending}
        onClick={askDelete}
      >
        Delete
      </CanButton>
    </>
  )
}

function Content({ post }: { post: Post }) {
  const images = post.media.filter((one) => one.altText)
  if (!post.body && !post.link && images.length === 0) return null
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-label="What it says">
      <Stack gap="sm">
        {post.body ? (
          <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {post.body}
          </Text>
        ) : null}
        {post.link ? (
          <Group gap={6}>
            <Text size="sm" c="dimmed">
              Link
            </Text>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {post.link}
            </Text>
          </Group>
        ) : null}
        {images.map((one) => (
          <Group key={one.asset.id} gap={6}>
            <Text size="sm" c="dimmed">
              Alt text of {one.asset.name}
            </Text>
            <Text size="sm">{one.altText}</Text>
          </Group>
        ))}
      </Stack>
    </Paper>
  )
}
