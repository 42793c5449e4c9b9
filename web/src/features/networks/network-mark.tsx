import { Avatar } from '@mantine/core'
import type { Manifest } from '../../../../contract/networks.ts'

type Props = { manifest: Pick<Manifest, 'label' | 'colour'>; size?: number }

/** The first letter of a network on its colour. Decoration: its name always stands beside. */
export function NetworkMark({ manifest, size = 24 }: Props) {
  return (
    <Avatar
      size={size}
      radius="sm"
      color="white"
      aria-hidden="true"
      styles={{ placeholder: { background: manifest.colour, color: '#fff', border: 0 } }}
    >
      {manifest.label.slice(0, 1)}
    </Avatar>
  )
}
