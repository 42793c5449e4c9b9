import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.layer.css'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconPhoto, IconSearch, IconUpload } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { faultOf } from '../../app/errors.ts'
import { useMay } from '../../app/permissions.ts'
import { CanButton } from '../../ui/can-button.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Failed, Waiting } from '../../ui/states.tsx'
import { AssetDrawer } from './asset-drawer.tsx'
import { AssetTile } from './asset-tile.tsx'
import { chooserTypes } from './file-words.ts'
import classes from './media.module.css'
import { type AssetFilter, assetsQuery, refreshAssets } from './queries.ts'
import { UploadList } from './upload-list.tsx'
import { uploads, useUploads } from './uploads/use-uploads.ts'
import { usePastedFiles } from './use-pasted-files.ts'

export type LibrarySearch = AssetFilter & { file?: string }

type Props = {
  workspaceId: string
  search: LibrarySearch
  onSearch: (search: LibrarySearch) => void
}

/** All files of the workspace. The filter and the open file stand in the address. */
export function LibraryPage({ workspaceId, search, onSearch }: Props) {
  const may = useMay('media.write')
  const chooser = useRef<HTMLInputElement>(null)
  const take = (files: File[]) => {
    if (may.ok) uploads.add(workspaceId, files)
  }
  usePastedFiles(take, may.ok)
  return (
    <Page
      title="Library"
      lead="Photos and videos for your posts. Drop files anywhere here, or paste them."
      actions={
        <CanButton
          can={may}
          leftSection={<IconUpload size={16} />}
          onClick={() => chooser.current?.click()}
        >
          Upload
        </CanButton>
      }
    >
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        accept={chooserTypes}
        aria-label="Files to upload"
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <Dropzone.FullScreen
        role="region"
        aria-label="Drop files to upload"
        tabIndex={-1}
        active={may.ok}
        onDrop={take}
        inputProps={{ 'aria-hidden': true, tabIndex: -1 }}
      >
        <Stack align="center" justify="center" mih="80vh" gap="xs">
          <IconUpload size={40} stroke={1.5} />
          <Text size="lg">Drop to upload</Text>
        </Stack>
      </Dropzone.FullScreen>
      <Uploading workspaceId={workspaceId} />
      <Filters search={search} onSearch={onSearch} />
      <Files search={search} onSearch={onSearch} onUpload={() => chooser.current?.click()} />
    </Page>
  )
}

/** Uploads for the library itself and for posts whose editor is closed. */
function Uploading({ workspaceId }: { workspaceId: string }) {
  const queries = useQueryClient()
  const all = useUploads(workspaceId)
  const arrived = all.filter((one) => one.state === 'sent')
  const under = all.filter((one) => one.state !== 'sent')
  const count = arrived.length
  useEffect(() => {
    if (count > 0) void refreshAssets(queries)
  }, [count, queries])
  const mine = arrived.filter((one) => one.purpose === null)
  useEffect(() => {
    for (const one of mine) void uploads.cancel(one.id)
  }, [mine])
  return <UploadList list={under} />
}

const kinds = [
  { value: 'all', label: 'All' },
  { value: 'image', label: 'Images' },
  { value: 'video', label: 'Videos' },
]

function Filters({ search, onSearch }: Pick<Props, 'search' | 'onSearch'>) {
  const find = useDebouncedCallback(
    (text: string) => onSearch({ ...search, search: text.trim() || undefined }),
    300,
  )
  return (
    <Group gap="sm">
      <TextInput
        flex={1}
        miw={200}
        maw={360}
        aria-label="Search the library"
        placeholder="Search by name"
        leftSection={<IconSearch size={16} />}
        defaultValue={search.search ?? ''}
        onChange={(event) => find(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label="Kind of file"
        data={kinds}
        value={search.kind ?? 'all'}
        onChange={(kind) =>
          onSearch({ ...search, kind: kind === 'image' || kind === 'video' ? kind : undefined })
        }
      />
    </Group>
  )
}

function Files({
  search,
  onSearch,
  onUpload,
}: Pick<Props, 'search' | 'onSearch'> & { onUpload: () => void }) {
  const { kind, search: text, file } = search
  const assets = useInfiniteQuery(assetsQuery({ kind, search: text }))
  const [shown, setShown] = useState<string | undefined>(file)
  if (assets.isPending) return <Waiting />
  if (assets.isError) {
    const { message, fix } = faultOf(assets.error)
    return <Failed title={message} words={fix} onRetry={() => void assets.refetch()} />
  }
  const all = assets.data.pages.flatMap((page) => page.items)
  const show = (id: string | undefined) => {
    setShown(id)
    onSearch({ ...search, file: id })
  }
  if (all.length === 0 && (kind || text)) {
    return (
      <Empty
        title="Nothing found"
        words="No file matches."
        icon={<IconSearch stroke={1.5} />}
        action={
          <Button variant="default" onClick={() => onSearch({})}>
            Show all files
          </Button>
        }
      />
    )
  }
  if (all.length === 0) {
    return (
      <Empty
        title="Your library is empty"
        words="Upload photos and videos once and use them in as many posts as you like. Where a photo was taken is removed before anything leaves."
        icon={<IconPhoto stroke={1.5} />}
        action={<Button onClick={onUpload}>Upload files</Button>}
      />
    )
  }
  return (
    <Stack>
      <div className={classes.grid}>
        {all.map((asset) => (
          <AssetTile key={asset.id} asset={asset} onClick={() => show(asset.id)} />
        ))}
      </div>
      {assets.hasNextPage ? (
        <Button
          variant="default"
          mx="auto"
          loading={assets.isFetchingNextPage}
          onClick={() => void assets.fetchNextPage()}
        >
          Load more
        </Button>
      ) : null}
      <AssetDrawer
        asset={all.find((one) => one.id === shown) ?? null}
        onClose={() => show(undefined)}
      />
    </Stack>
  )
}
