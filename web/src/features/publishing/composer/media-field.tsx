import { Button, Stack, Text } from '@mantine/core'
import { IconPhotoPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Asset } from '../../../../../contract/media.ts'
import type { Manifest } from '../../../../../contract/networks.ts'
import type { Finding } from '../../../../../contract/publishing.ts'
import { type Draft, type DraftMedia, findingsOf, moved } from '../draft.ts'
import type { MediaSlots } from '../slots.ts'
import { FindingList } from './finding-list.tsx'
import { MediaItem } from './media-item.tsx'
import { mediaRules } from './media-rules.ts'

type Props = {
  workspaceId: string
  postId: string | null
  media: readonly DraftMedia[]
  manifests: readonly Manifest[]
  findings: readonly Finding[]
  slots: MediaSlots
  disabled: boolean
  /** Saves the draft, so that files on their way have a post to come to. */
  ensurePost: () => Promise<string | null>
  onChange: (part: (draft: Draft) => Partial<Draft>) => void
}

/** More than any network takes, so that somebody may sort out later. */
const most = 20

const itemOf = (asset: Asset): DraftMedia => ({
  asset,
  altText: asset.altText,
  coverAssetId: null,
  coverAtMs: asset.kind === 'video' ? 0 : null,
})

/** The files of the post in their order: from an upload or the library. */
export function MediaField(props: Props) {
  const { media, manifests, findings, slots, disabled, onChange } = props
  const { Picker, Dropzone } = slots
  const [picking, setPicking] = useState(false)
  const [dragged, setDragged] = useState<number | null>(null)
  const change = (edit: (media: DraftMedia[]) => DraftMedia[]) =>
    onChange((draft) => ({ media: edit(draft.media).slice(0, most) }))
  const add = (assets: Asset[]) =>
    change((now) => [
      ...now,
      ...assets.filter(({ id }) => !now.some((one) => one.asset.id === id)).map(itemOf),
    ])
  return (
    <Stack gap="sm">
      {media.length > 0 ? (
        <Stack gap="xs" component="ol" m={0} p={0} aria-label="Files of the post, in order">
          {media.map((item, index) => (
            <MediaItem
              key={item.asset.id}
              item={item}
              index={index}
              count={media.length}
              manifests={manifests}
              findings={findingsOf(findings, `media.${index}`)}
              slots={slots}
              disabled={disabled}
              dragged={dragged}
              onDrag={setDragged}
              onChange={(part) =>
                change((now) =>
                  now.map((one) => (one.asset.id === item.asset.id ? { ...one, ...part } : one)),
                )
              }
              onMove={(from, to) => change((now) => moved(now, from, to))}
              onRemove={() => change((now) => now.filter((one) => one.asset.id !== item.asset.id))}
            />
          ))}
        </Stack>
      ) : null}
      <FindingList findings={findings.filter((one) => one.field === 'media')} />
      {disabled ? null : (
        <Dropzone
          workspaceId={props.workspaceId}
          purpose={props.postId}
          purposeForNew={props.ensurePost}
          onArrive={(asset) => add([asset])}
          words="Drop or paste photos or a video"
        >
          <Button
            variant="default"
            size="sm"
            leftSection={<IconPhotoPlus size={16} />}
            onClick={() => setPicking(true)}
          >
            From the library
          </Button>
        </Dropzone>
      )}
      <Text size="xs" c="dimmed">
        {mediaRules(manifests)}
      </Text>
      <Picker
        opened={picking}
        onClose={() => setPicking(false)}
        onPick={add}
        max={Math.max(1, most - media.length)}
      />
    </Stack>
  )
}
