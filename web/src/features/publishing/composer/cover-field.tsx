import { Button, Group, SegmentedControl, Slider, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { query } from '../../../app/api.ts'
import type { DraftMedia } from '../draft.ts'
import type { MediaSlots } from '../slots.ts'
import classes from './composer.module.css'

type Props = {
  item: DraftMedia
  slots: MediaSlots
  disabled: boolean
  onChange: (part: Partial<DraftMedia>) => void
}

const kinds = [
  { value: 'moment', label: 'A moment of it' },
  { value: 'file', label: 'Another image' },
]

/** The still picture of a video: a moment of itself, or an image of the library. */
export function CoverField({ item, slots: { Picker }, disabled, onChange }: Props) {
  const [kind, setKind] = useState(item.coverAssetId ? 'file' : 'moment')
  const [picking, setPicking] = useState(false)
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Text size="sm" fw={500}>
          Cover
        </Text>
        <SegmentedControl
          size="xs"
          aria-label="Cover of the video"
          data={kinds}
          value={kind}
          disabled={disabled}
          onChange={setKind}
        />
      </Group>
      {kind === 'moment' ? (
        <Moment item={item} disabled={disabled} onChange={onChange} />
      ) : (
        <Group gap="sm" align="flex-end">
          {item.coverAssetId ? <CoverImage id={item.coverAssetId} /> : null}
          <Button variant="default" size="xs" disabled={disabled} onClick={() => setPicking(true)}>
            {item.coverAssetId ? 'Choose another' : 'Choose an image'}
          </Button>
        </Group>
      )}
      <Picker
        opened={picking}
        onClose={() => setPicking(false)}
        onPick={([image]) => {
          if (image) onChange({ coverAssetId: image.id, coverAtMs: null })
        }}
        max={1}
        kind="image"
        title="Cover of the video"
      />
    </Stack>
  )
}

function CoverImage({ id }: { id: string }) {
  const { data } = useQuery(query.media.asset.queryOptions({ input: { id } }))
  return data?.previewUrl ? (
    <img className={classes.frame} src={data.previewUrl} alt={`Cover: ${data.name}`} />
  ) : null
}

/** `0:07.3` */
const clock = (ms: number) =>
  `${Math.floor(ms / 60_000)}:${((ms % 60_000) / 1000).toFixed(1).padStart(4, '0')}`

function Moment({ item, disabled, onChange }: Omit<Props, 'slots'>) {
  const { videoUrl, previewUrl, durationMs, name } = item.asset
  const video = useRef<HTMLVideoElement>(null)
  const [at, setAt] = useState(item.coverAtMs ?? 0)
  useEffect(() => {
    if (video.current) video.current.currentTime = at / 1000
  }, [at])
  if (!videoUrl || !durationMs) {
    return (
      <Text size="sm" c="dimmed">
        You can choose a moment as soon as the video is prepared.
      </Text>
    )
  }
  return (
    <Stack gap={6}>
      <video
        ref={video}
        className={classes.frame}
        src={videoUrl}
        poster={previewUrl ?? undefined}
        muted
        playsInline
        preload="auto"
        aria-label={`The cover at ${clock(at)}`}
        onLoadedMetadata={(event) => {
          event.currentTarget.currentTime = at / 1000
        }}
      />
      <Slider
        min={0}
        max={durationMs}
        step={100}
        value={at}
        disabled={disabled}
        label={clock}
        thumbLabel={`Moment of ${name} that is the cover`}
        onChange={setAt}
        onChangeEnd={(ms) => onChange({ coverAtMs: ms, coverAssetId: null })}
      />
      <Text size="xs" c="dimmed">
        At {clock(at)} of {clock(durationMs)}
      </Text>
    </Stack>
  )
}
