import { Avatar, Group, Text } from '@mantine/core'
import { IconArrowUpRight, IconDots, IconHeart, IconShare2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { query } from '../../../app/api.ts'
import { PreviewMedia } from './preview-media.tsx'
import classes from './previews.module.css'
import type { PreviewProps } from './registry.ts'

/** The host of a link as the network prints it, or null where it is no web address. */
function hostOf(link: string): string | null {
  if (!/^https?:\/\//i.test(link.trim()) || !URL.canParse(link.trim())) return null
  return new URL(link.trim()).hostname.replace(/^www\./, '')
}

/** A pin, opened: beside its text on a desktop, above it on a phone. */
export function PinPreview({ draft, device, connection }: PreviewProps) {
  const profile = useQuery({
    ...query.networks.profile.queryOptions({ input: { id: connection.id } }),
    enabled: connection.id !== '',
  })
  const host = hostOf(draft.link)
  return (
    <div className={classes.pin} data-device={device}>
      <div className={classes.pinMedia}>
        <PreviewMedia media={draft.media} />
        {host && device === 'phone' ? <Host host={host} /> : null}
      </div>
      <div className={classes.pinText}>
        <Group justify="space-between" wrap="nowrap" aria-hidden>
          <Group gap="sm" wrap="nowrap">
            <IconHeart size={20} />
            <IconShare2 size={20} />
            <IconDots size={20} />
          </Group>
          <span className={classes.save}>Save</span>
        </Group>
        {host && device === 'desktop' ? (
          <Text size="xs" td="underline">
            {host}
          </Text>
        ) : null}
        <Text className={classes.pinTitle} c={draft.title ? undefined : 'dimmed'}>
          {draft.title || 'Your title'}
        </Text>
        <Text size="sm" className={classes.words} c={draft.body ? undefined : 'dimmed'}>
          {draft.body || 'Your text'}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Avatar src={profile.data?.avatarUrl} size={32} alt="" name={connection.label} />
          <Text size="sm" fw={600} truncate>
            {profile.data?.name || connection.label}
          </Text>
        </Group>
      </div>
    </div>
  )
}

const Host = ({ host }: { host: string }) => (
  <span className={classes.host}>
    <IconArrowUpRight size={14} /> {host}
  </span>
)
