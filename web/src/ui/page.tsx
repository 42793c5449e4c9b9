import { Box, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type PageProps = {
  title: string
  /** One sentence on what the page is for. */
  lead?: ReactNode
  /** Buttons at the right of the title. */
  actions?: ReactNode
  /** Pages of forms and settings read better narrow. */
  width?: 'narrow' | 'wide'
  children: ReactNode
}

/** A page of the app: its title, what one can do on it, and its content. */
export function Page({ title, lead, actions, width = 'wide', children }: PageProps) {
  return (
    <Box maw={width === 'narrow' ? 760 : undefined} mx={width === 'narrow' ? 'auto' : undefined}>
      <title>{`${title} · Avow`}</title>
      <Stack gap="lg">
        <Group justify="space-between" align="flex-start" gap="md">
          <Stack gap={4} flex={1} miw={220}>
            <Title order={1}>{title}</Title>
            {lead ? (
              <Text c="dimmed" maw={640}>
                {lead}
              </Text>
            ) : null}
          </Stack>
          {actions ? <Group gap="sm">{actions}</Group> : null}
        </Group>
        {children}
      </Stack>
    </Box>
  )
}
