import { Badge, Loader, Text, UnstyledButton } from '@mantine/core'
import { IconFileAlert, IconPhoto, IconPlayerPlayFilled, IconVideo } from '@tabler/icons-react'
import type { Asset } from '../../../../contract/media.ts'
import { durationWords } from './file-words.ts'
import classes from './media.module.css'

type Props = {
  asset: Asset
  onClick: () => void
  /** Place among the chosen ones, from 1; null when it is not chosen; left out where none is. */
  order?: number | null
}

const spoken = (asset: Asset) =>
  ({
    processing: `${asset.name}, being prepared`,
    refused: `${asset.name}, refused: ${asset.refusal ?? ''}`,
    ready: asset.altText ? `${asset.name}: ${asset.altText}` : asset.name,
  })[asset.state]

/** A file of the library as a square with its name. */
export function AssetTile({ asset, onClick, order }: Props) {
  const choosing = order !== undefined
  return (
    <UnstyledButton
      className={classes.tile}
      data-chosen={order ? true : undefined}
      aria-label={spoken(asset)}
      aria-pressed={choosing ? Boolean(order) : undefined}
      disabled={choosing && asset.state === 'refused'}
      onClick={onClick}
    >
      <div className={classes.picture}>
        <Picture asset={asset} />
        {asset.durationMs === null ? null : (
          <Badge
            className={classes.mark}
            color="dark"
            leftSection={<IconPlayerPlayFilled size={9} />}
          >
            {durationWords(asset.durationMs)}
          </Badge>
        )}
        {order ? (
          <Badge className={classes.order} circle size="lg">
            {order}
          </Badge>
        ) : null}
      </div>
      <div className={classes.name}>
        <Text size="sm" truncate>
          {asset.name}
        </Text>
      </div>
    </UnstyledButton>
  )
}

function Picture({ asset }: { asset: Asset }) {
  if (asset.state === 'refused') {
    return (
      <Text c="var(--mantine-color-error)" size="xs" ta="center" px="xs" component="div">
        <IconFileAlert stroke={1.5} />
        <div>Refused</div>
      </Text>
    )
  }
  if (asset.state === 'processing') {
    return (
      <Text size="xs" ta="center" component="div">
        <Loader size="sm" type="dots" />
        <div>{asset.progress ? `${Math.round(asset.progress * 100)} %` : 'Being prepared'}</div>
      </Text>
    )
  }
  if (asset.thumbnailUrl) return <img src={asset.thumbnailUrl} alt="" loading="lazy" />
  return asset.kind === 'video' ? <IconVideo stroke={1.5} /> : <IconPhoto stroke={1.5} />
}
