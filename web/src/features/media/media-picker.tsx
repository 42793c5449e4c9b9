import { Button, Group, Modal, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Asset } from '../../../../contract/media.ts'
import { faultOf } from '../../app/errors.ts'
import { Empty, Failed, Waiting } from '../../ui/states.tsx'
import { AssetTile } from './asset-tile.tsx'
import classes from './media.module.css'
import { assetsQuery } from './queries.ts'

export type MediaPickerProps = {
  opened: boolean
  onClose: () => void
  /** In the order in which they were chosen. */
  onPick: (assets: Asset[]) => void
  /** How many may be chosen at most. */
  max: number
  /** Only files of this kind. */
  kind?: 'image' | 'video'
  title?: string
}

/** Chooses files of the library, in order. */
export function MediaPicker({
  opened,
  onClose,
  title = 'From the library',
  ...rest
}: MediaPickerProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="xl">
      {opened ? <Choice {...rest} onClose={onClose} /> : null}
    </Modal>
  )
}

function Choice({ onPick, onClose, max, kind }: Omit<MediaPickerProps, 'opened' | 'title'>) {
  const [search, setSearch] = useState('')
  const [searched] = useDebouncedValue(search, 250)
  const [chosen, setChosen] = useState<Asset[]>([])
  const toggle = (asset: Asset) =>
    setChosen((before) => {
      if (before.some((one) => one.id === asset.id)) {
        return before.filter((one) => one.id !== asset.id)
      }
      if (max === 1) return [asset]
      return before.length < max ? [...before, asset] : before
    })
  return (
    <Stack>
      <TextInput
        aria-label="Search the library"
        placeholder="Search by name"
        leftSection={<IconSearch size={16} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      <ScrollArea.Autosize mah="55vh" type="auto">
        <Found filter={{ kind, search: searched || undefined }} chosen={chosen} onToggle={toggle} />
      </ScrollArea.Autosize>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {chosen.length === 0 ? `Choose up to ${max}` : `${chosen.length} of ${max} chosen`}
        </Text>
        <Button
          disabled={chosen.length === 0}
          onClick={() => {
            onPick(chosen)
            onClose()
          }}
        >
          Add
        </Button>
      </Group>
    </Stack>
  )
}

type FoundProps = {
  filter: { kind?: 'image' | 'video'; search?: string }
  chosen: readonly Asset[]
  onToggle: (asset: Asset) => void
}

function Found({ filter, chosen, onToggle }: FoundProps) {
  const assets = useInfiniteQuery(assetsQuery(filter))
  if (assets.isPending) return <Waiting />
  if (assets.isError) {
    const { message, fix } = faultOf(assets.error)
    return <Failed title={message} words={fix} onRetry={() => void assets.refetch()} />
  }
  const all = assets.data.pages.flatMap((page) => page.items)
  if (all.length === 0) {
    return filter.search ? (
      <Empty title="Nothing found" words="No file of that name. Try a part of the name." />
    ) : (
      <Empty title="Nothing here yet" words="Close this and upload a file." />
    )
  }
  return (
    <Stack p={2}>
      <div className={classes.grid}>
        {all.map((asset) => {
          const place = chosen.findIndex((one) => one.id === asset.id)
          return (
            <AssetTile
              key={asset.id}
              asset={asset}
              order={place < 0 ? null : place + 1}
              onClick={() => onToggle(asset)}
            />
          )
        })}
      </div>
      {assets.hasNextPage ? (
        <Button
          variant="default"
          loading={assets.isFetchingNextPage}
          onClick={() => void assets.fetchNextPage()}
        >
          Load more
        </Button>
      ) : null}
    </Stack>
  )
}
