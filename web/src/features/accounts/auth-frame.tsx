import { Anchor, Box, Center, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../../app/paths.ts'
import { Brand } from '../../ui/brand.tsx'

type Props = { title: string; lead?: ReactNode; children: ReactNode; footer?: ReactNode }

/** The frame of every page around signing in. */
export function AuthFrame({ title, lead, children, footer }: Props) {
  return (
    <Center component="main" mih="100dvh" px="md" py="xl">
      <title>{`${title} · Avow`}</title>
      <Stack w="100%" maw={420} gap="lg">
        <Anchor component={Link} to={paths.start()} underline="never" c="inherit" w="fit-content">
          <Brand />
        </Anchor>
        <Paper withBorder radius="lg" p={{ base: 'lg', xs: 'xl' }} shadow="xs">
          <Stack gap="md">
            <Box>
              <Title order={1} fz="1.375rem">
                {title}
              </Title>
              {lead ? (
                <Text c="dimmed" mt={4}>
                  {lead}
                </Text>
              ) : null}
            </Box>
            {children}
          </Stack>
        </Paper>
        {footer ? (
          <Text ta="center" fz="sm" c="dimmed">
            {footer}
          </Text>
        ) : null}
      </Stack>
    </Center>
  )
}
