import {
  ActionIcon,
  Badge,
  Box,
  Group,
  Loader,
  Paper,
  Stack,
  Text,
  Textarea,
  Tooltip,
} from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type DragEvent, useEffect } from 'react'
import type { Manifest } from '../../../../../contract/networks.ts'
import type { Finding } from '../../../../../contract/publishing.ts'
import { query } from '../../../app/api.ts'
import type { DraftMedia } from '../draft.ts'
import type { MediaSlots } from '../slots.ts'
import { tightestLimit } from '../text-count.ts'
import classes from './composer.module.css'
import { CoverField } from './cover-field.tsx'
import { FindingList } from './finding-list.tsx'
import { Label } from './text-fields.tsx'

type Props = {
  item: DraftMedia
  index: number
  count: number
  manifests: readonly Manifest[]
  findings: readonly Finding[]
  slots: MediaSlots
  disabled: boolean
  /** Place of the item that is being dragged, if any. */
  dragged: number | null
  onDrag: (index: number | null) => void
  onChange: (part: Partial<DraftMedia>) => void
  onMove: (from: number, to: number) => void
  onRemove: () => void
}

const processingPollMs = 1_500

/** One file of the post: its picture, its alt text, and for a video its cover. */
export function MediaItem(props: Props) {
  const { item, index, count, manifests, findings, disabled, dragged, onChange } = props
  useFreshAsset(props)
  const altText = tightestLimit(manifests, (text) => text.altText)
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (dragged !== null) event.preventDefault()
    },
    onDrop: (event: DragEvent) => {
      if (dragged === null) return
      event.preventDefault()
      event.stopPropagation()
      props.onMove(dragged, index)
      props.onDrag(null)
    },
  }
  return (
    <Paper
      withBorder
      p="sm"
      component="li"
      className={classes.item}
      data-dragged={dragged === index || undefined}
      {...drop}
    >
      <Group align="flex-start" wrap="nowrap" gap="sm">
        <Box
          className={classes.thumbnail}
          draggable={!disabled && count > 1}
          onDragStart={() => props.onDrag(index)}
          onDragEnd={() => props.onDrag(null)}
        >
          <Thumbnail item={item} />
          {count > 1 ? (
            <Badge className={classes.number} circle>
              {index + 1}
            </Badge>
          ) : null}
          {!disabled && count > 1 ? <IconGripVertical className={classes.grip} size={16} /> : null}
        </Box>
        <Stack gap={6} flex={1} miw={0}>
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Text size="sm" fw={500} truncate>
              {item.asset.name}
            </Text>
            {disabled ? null : <Acts {...props} />}
          </Group>
          <Textarea
            size="sm"
            label={<Label words="Alt text" text={item.altText} limit={altText} />}
            labelProps={{ style: { display: 'block' } }}
            placeholder="What it shows, for people who can’t see it"
            autosize
            minRows={2}
            maxRows={5}
            maxLength={500}
            disabled={disabled}
            value={item.altText}
            onChange={(event) => onChange({ altText: event.currentTarget.value })}
          />
          {item.asset.kind === 'video' ? (
            <CoverField item={item} slots={props.slots} disabled={disabled} onChange={onChange} />
          ) : null}
          {item.asset.state === 'refused' ? (
            <Text size="sm" c="var(--mantine-color-error)">
              {item.asset.refusal}
            </Text>
          ) : null}
          <FindingList findings={findings} />
        </Stack>
      </Group>
    </Paper>
  )
}

/** Reads a file again until it is prepared, and takes what it then shows into the draft. */
function useFreshAsset({ item, onChange }: Props) {
  const processing = item.asset.state === 'processing'
  const { data } = useQuery({
    ...query.media.asset.queryOptions({ input: { id: item.asset.id } }),
    enabled: processing,
    refetchInterval: processing ? processingPollMs : false,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was read starts it
  useEffect(() => {
    if (!data || (data.state === item.asset.state && data.progress === item.asset.progress)) return
    const cover = data.kind === 'video' && item.coverAtMs === null && item.coverAssetId === null
    onChange({ asset: data, ...(cover ? { coverAtMs: 0 } : {}) })
  }, [data])
}

function Thumbnail({ item: { asset } }: { item: DraftMedia }) {
  if (asset.state === 'processing') {
    const words = asset.progress ? `${Math.round(asset.progress * 100)} %` : 'Being prepared'
    return (
      <Stack gap={2} align="center">
        <Loader size="sm" type="dots" />
        <Text size="xs">{words}</Text>
      </Stack>
    )
  }
  if (asset.state === 'refused') return <Text size="xs">Refused</Text>
  return asset.thumbnailUrl ? <img src={asset.thumbnailUrl} alt="" draggable={false} /> : null
}

function Acts({ item, index, count, onMove, onRemove }: Props) {
  const { name } = item.asset
  return (
    <Group gap={2} wrap="nowrap">
      {count > 1 ? (
        <>
          <Tooltip label="Move up">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Move ${name} up`}
              disabled={index === 0}
              onClick={() => onMove(index, index - 1)}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Move down">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Move ${name} down`}
              disabled={index === count - 1}
              onClick={() => onMove(index, index + 1)}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
          </Tooltip>
        </>
      ) : null}
      <Tooltip label="Take it out of this post">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Take ${name} out of this post`}
          onClick={onRemove}
        >
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
