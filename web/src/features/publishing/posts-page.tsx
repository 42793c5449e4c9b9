import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconPencilPlus, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { faultOf } from '../../app/errors.ts'
import { paths } from '../../app/paths.ts'
import { ButtonLink } from '../../ui/links.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Failed, Waiting } from '../../ui/states.tsx'
import { NewPostButton } from './new-post-button.tsx'
import { PostRow } from './posts/post-row.tsx'
import { type PostsFilter, postsQuery } from './queries.ts'
import { TargetFilters } from './target-filters.tsx'

type Props = {
  workspaceId: string
  filter: PostsFilter
  onFilter: (filter: PostsFilter) => void
}

/** All posts, newest change first. The filters stand in the address. */
export function PostsPage({ workspaceId, filter, onFilter }: Props) {
  const find = useDebouncedCallback(
    (text: string) => onFilter({ ...filter, search: text.trim() || undefined }),
    300,
  )
  // The field is typed into faster than the address changes; it starts anew when filters are cleared.
  const [round, setRound] = useState(0)
  const clear = () => {
    setRound(round + 1)
    onFilter({})
  }
  return (
    <Page title="Posts" actions={<NewPostButton workspaceId={workspaceId} />}>
      <Group gap="sm" align="flex-end">
        <TextInput
          key={round}
          flex={1}
          miw={200}
          maw={360}
          aria-label="Search posts"
          placeholder="Search titles and text"
          leftSection={<IconSearch size={16} />}
          defaultValue={filter.search ?? ''}
          onChange={(event) => find(event.currentTarget.value)}
        />
        <TargetFilters filter={filter} onFilter={(part) => onFilter({ ...filter, ...part })} />
      </Group>
      <Rows workspaceId={workspaceId} filter={filter} onClear={clear} />
    </Page>
  )
}

type RowsProps = { workspaceId: string; filter: PostsFilter; onClear: () => void }

function Rows({ workspaceId, filter, onClear }: RowsProps) {
  const posts = useInfiniteQuery(postsQuery(filter))
  if (posts.isPending) return <Waiting />
  if (posts.isError) {
    const { message, fix } = faultOf(posts.error)
    return <Failed title={message} words={fix} onRetry={() => void posts.refetch()} />
  }
  const rows = posts.data.pages.flatMap((page) => page.items)
  if (rows.length === 0 && (filter.search || filter.state || filter.connectionId)) {
    return (
      <Empty
        title="Nothing found"
        words="No post matches."
        icon={<IconSearch stroke={1.5} />}
        action={
          <Button variant="default" onClick={onClear}>
            Show all posts
          </Button>
        }
      />
    )
  }
  if (rows.length === 0) {
    return (
      <Empty
        title="No posts yet"
        words="Write one, choose where it goes, and publish it now or at a time that suits."
        icon={<IconPencilPlus stroke={1.5} />}
        action={<ButtonLink to={paths.newPost(workspaceId)}>Write a post</ButtonLink>}
      />
    )
  }
  return (
    <Stack gap="xs">
      <Stack gap="xs" component="ul" m={0} p={0} aria-label="Posts">
        {rows.map((row) => (
          <PostRow key={row.postId} workspaceId={workspaceId} row={row} />
        ))}
      </Stack>
      {posts.hasNextPage ? (
        <Button
          variant="default"
          mx="auto"
          loading={posts.isFetchingNextPage}
          onClick={() => void posts.fetchNextPage()}
        >
          Load more
        </Button>
      ) : null}
    </Stack>
  )
}
