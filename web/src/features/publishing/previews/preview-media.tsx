import { ActionIcon, Group } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPhoto } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { query } from '../../../app/api.ts'
import type { DraftMedia } from '../draft.ts'
import classes from './previews.module.css'

/** The files of a post as one sees them there: one, or several to leaf through. */
export function PreviewMedia({ media }: { media: readonly DraftMedia[] }) {
  const [at, setAt] = useState(0)
  const shown = media[Math.min(at, media.length - 1)]
  if (!shown) {
    return (
      <div className={classes.empty}>
        <IconPhoto size={32} stroke={1.2} aria-hidden />
        Your photo or video
      </div>
    )
  }
  const step = (by: number) => setAt((now) => (now + by + media.length) % media.length)
  return (
    <div className={classes.media}>
      <One item={shown} />
      {media.length > 1 ? (
        <Group className={classes.leaf} gap={4}>
          <ActionIcon
            size="sm"
            variant="filled"
            color="dark"
            aria-label="Image before"
            onClick={() => step(-1)}
          >
            <IconChevronLeft size={14} />
          </ActionIcon>
          <span className={classes.count}>
            {Math.min(at, media.length - 1) + 1} / {media.length}
          </span>
          <ActionIcon
            size="sm"
            variant="filled"
            color="dark"
            aria-label="Image after"
            onClick={() => step(1)}
          >
            <IconChevronRight size={14} />
          </ActionIcon>
        </Group>
      ) : null}
    </div>
  )
}

function One({ item }: { item: DraftMedia }) {
  const { asset, altText, coverAtMs, coverAssetId } = item
  const ratio = asset.width && asset.height ? `${asset.width} / ${asset.height}` : '1'
  if (asset.kind === 'video' && coverAssetId) return <Cover id={coverAssetId} ratio={ratio} />
  if (asset.kind === 'video' && asset.videoUrl) {
    return <StillVideo src={asset.videoUrl} atMs={coverAtMs ?? 0} ratio={ratio} name={asset.name} />
  }
  if (!asset.previewUrl) return <div className={classes.empty}>Being prepared</div>
  return <img src={asset.previewUrl} alt={altText} style={{ aspectRatio: ratio }} />
}

function Cover({ id, ratio }: { id: string; ratio: string }) {
  const { data } = useQuery(query.media.asset.queryOptions({ input: { id } }))
  if (!data?.previewUrl) return <div className={classes.empty}>Cover</div>
  return <img src={data.previewUrl} alt="" style={{ aspectRatio: ratio, objectFit: 'cover' }} />
}

type StillProps = { src: string; atMs: number; ratio: string; name: string }

function StillVideo({ src, atMs, ratio, name }: StillProps) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.currentTime = atMs / 1000
  }, [atMs])
  return (
    <video
      ref={video}
      src={src}
      muted
      playsInline
      preload="auto"
      aria-label={`Cover of ${name}`}
      style={{ aspectRatio: ratio }}
      onLoadedMetadata={(event) => {
        event.currentTarget.currentTime = atMs / 1000
      }}
    />
  )
}
