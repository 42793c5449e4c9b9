import { ActionIcon, Group, Menu, Paper, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconCopy, IconDots, IconPencil, IconPhoto, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import type { PostRow as Row, TargetState } from '../../../../../contract/publishing.ts'
import { api, query } from '../../../app/api.ts'
import { showFault } from '../../../app/errors.ts'
import { useCreating } from '../../../app/intent.ts'
import { paths } from '../../../app/paths.ts'
import { useMay } from '../../../app/permissions.ts'
import { MenuItemLink } from '../../../ui/links.tsx'
import { refreshPosts } from '../queries.ts'
import { StateBadge } from '../state-badge.tsx'
import { instantWords } from '../zone-time.ts'
import classes from './posts.module.css'

type PostRow = z.infer<typeof Row>
type Props = { workspaceId: string; row: PostRow }

const mostBadges = 4

const isOver = (state: TargetState) =>
  state === 'published' || state === 'failed' || state === 'cancelled' || state === 'needs_review'

/** A post in the list: its picture, its words, and the state of each target. */
export function PostRow({ workspaceId, row }: Props) {
  const { timeZone } = useSuspenseQuery(query.accounts.workspace.queryOptions()).data
  const isDraft = row.targets.every((target) => target.state === 'draft')
  const [next] = row.targets
    .flatMap(({ state, dueAt }) => (isOver(state) ? [] : (dueAt ?? [])))
    .toSorted()
  const to = isDraft ? paths.editPost(workspaceId, row.postId) : paths.post(workspaceId, row.postId)
  return (
    <Paper component="li" withBorder p="sm" radius="md" className={classes.row}>
      <Group wrap="nowrap" gap="md">
        <div className={classes.thumbnail}>
          {row.thumbnailUrl ? (
            <img src={row.thumbnailUrl} alt="" loading="lazy" />
          ) : (
            <IconPhoto size={20} stroke={1.5} aria-hidden />
          )}
        </div>
        <Stack gap={4} flex={1} miw={0}>
          <Link to={to} className={classes.link}>
            {row.title || row.excerpt || 'Without words yet'}
          </Link>
          {row.title && row.excerpt ? (
            <Text size="sm" c="dimmed" truncate>
              {row.excerpt}
            </Text>
          ) : null}
          <Group gap={6}>
            {row.targets.length === 0 ? <StateBadge state="draft" size="sm" /> : null}
            {row.targets.slice(0, mostBadges).map((target) => (
              <StateBadge key={target.id} state={target.state} size="sm" />
            ))}
            {row.targets.length > mostBadges ? (
              <Text size="xs" c="dimmed">
                and {row.targets.length - mostBadges} more
              </Text>
            ) : null}
            <Text size="xs" c="dimmed">
              {next
                ? `Due ${instantWords(next, timeZone)}`
                : `Changed ${instantWords(row.updatedAt, timeZone)}`}
            </Text>
          </Group>
        </Stack>
        <RowMenu workspaceId={workspaceId} row={row} />
      </Group>
    </Paper>
  )
}

function RowMenu({ workspaceId, row }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const may = useMay('posts.write')
  const copy = useCreating(api.publishing.duplicatePost, {
    onSuccess: (post) => navigate({ to: paths.editPost(workspaceId, post.id) }),
    onError: showFault,
  })
  const remove = useMutation({
    mutationFn: () => api.publishing.deletePost({ id: row.postId }),
    onSuccess: () => {
      notifications.show({ message: 'The post is deleted.' })
      return refreshPosts(queries)
    },
    onError: showFault,
  })
  const ask = () =>
    modals.openConfirmModal({
      title: 'Delete this post?',
      children: <Text size="sm">{row.title || row.excerpt || 'The post'} is gone for good.</Text>,
      labels: { confirm: 'Delete', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    })
  const name = row.title || row.excerpt || 'this post'
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`What to do with ${name}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItemLink
          to={paths.editPost(workspaceId, row.postId)}
          leftSection={<IconPencil size={16} />}
        >
          Edit
        </MenuItemLink>
        <Menu.Item
          leftSection={<IconCopy size={16} />}
          disabled={!may.ok}
          onClick={() => copy.mutate({ id: row.postId })}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} />}
          disabled={!may.ok}
          onClick={ask}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
