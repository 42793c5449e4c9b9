import { Group, Paper, Stack, Text } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { countText } from '../text-count.ts'
import { PreviewMedia } from './preview-media.tsx'
import classes from './previews.module.css'
import type { PreviewProps } from './registry.ts'

/** A post on a network whose own look is not drawn yet: its parts, in the order of most networks. */
export function GenericPreview({ draft, device, connection, manifest }: PreviewProps) {
  const { title, body } = manifest.text
  const used = countText(draft.body, manifest.text.countedIn)
  return (
    <Paper withBorder p="md" radius="lg" className={classes.generic} data-device={device}>
      <Stack gap="sm">
        <Text size="sm" fw={600}>
          {connection.label}
        </Text>
        {title && draft.title ? <Text fw={600}>{draft.title}</Text> : null}
        <Text size="sm" className={classes.words}>
          {draft.body || 'Your text'}
        </Text>
        <PreviewMedia media={draft.media} />
        {draft.link ? (
          <Group gap={6} wrap="nowrap" c="dimmed">
            <IconLink size={14} />
            <Text size="xs" truncate>
              {draft.link}
            </Text>
          </Group>
        ) : null}
        {used > body.max ? (
          <Text size="xs" c="var(--mantine-color-error)">
            {manifest.label} takes {body.max} characters of text.
          </Text>
        ) : null}
      </Stack>
    </Paper>
  )
}
