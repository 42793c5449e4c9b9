import {
  Alert,
  Anchor,
  Box,
  Button,
  Container,
  Group,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  ThemeIcon,
  Title,
} from '@mantine/core'
import {
  IconArrowRight,
  IconCalendarCheck,
  IconHome,
  IconMailOpened,
  IconShieldCheck,
  IconWorld,
} from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, query } from '../../app/api.ts'
import { faultOf } from '../../app/errors.ts'
import { paths } from '../../app/paths.ts'
import { Brand } from '../../ui/brand.tsx'
import { ButtonLink } from '../../ui/links.tsx'
import { mailboxUrl, worldUrl } from './sandbox-links.ts'
import { useSignedIn } from './signed-in.ts'
import classes from './start-page.module.css'
import { StartPicture } from './start-picture.tsx'

/** The first page: what Avow is, and the ways in. */
export function StartPage() {
  const { data: start } = useSuspenseQuery(query.accounts.start.queryOptions())
  // Where coming back from a network ends when it cannot be told for whom it was.
  const lost = useSearch({ strict: false }).connect_error !== undefined
  return (
    <Box className={classes.page}>
      <title>Avow</title>
      <Container size="lg" py={{ base: 'md', sm: 'xl' }}>
        <Group component="header" justify="space-between" wrap="nowrap">
          <Brand />
          <ButtonLink to={paths.signIn()} variant="subtle">
            Sign in
          </ButtonLink>
        </Group>
        <Box component="main">
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing={48} className={classes.hero}>
            <Stack gap="lg" justify="center">
              <Title order={1} className={classes.title}>
                Say it in public. Keep every promise.
              </Title>
              <Text fz="lg" c="dimmed" maw={480}>
                Write a post, see it in the calendar, and trust that it goes out once, on time, with
                a result you can read. On your own server.
              </Text>
              {lost ? (
                <Alert color="yellow" title="Connecting has ended">
                  The answer of the network does not belong to your sign-in. Nothing was connected.
                  Sign in, then start again under Connections.
                </Alert>
              ) : null}
              <WaysIn sample={start.sample} />
            </Stack>
            <StartPicture />
          </SimpleGrid>
          <Promises />
          {start.sandboxUrl ? <SandboxCard url={start.sandboxUrl} /> : null}
        </Box>
        <Group component="footer" gap="lg" py="xl" fz="sm">
          <Anchor href="/privacy" c="dimmed">
            Privacy
          </Anchor>
          <Anchor href="/api/docs" c="dimmed">
            API
          </Anchor>
        </Group>
      </Container>
    </Box>
  )
}

function WaysIn({ sample }: { sample: boolean }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const signedIn = useSignedIn()
  const openSample = useMutation({
    mutationFn: () => api.accounts.openSample(),
    onSuccess: async ({ workspaceId }) => {
      queries.clear()
      await navigate({ to: paths.calendar(workspaceId) })
    },
  })
  const fault = openSample.error ? faultOf(openSample.error) : null
  return (
    <Stack gap="sm">
      {fault ? (
        <Alert color="red" title={fault.message}>
          {fault.fix}
        </Alert>
      ) : null}
      <Group gap="sm">
        {signedIn.data ? (
          <ButtonLink to={paths.landing()} size="md" rightSection={<IconArrowRight size={18} />}>
            Go on as {signedIn.data.name}
          </ButtonLink>
        ) : (
          <ButtonLink to={paths.signUp()} size="md">
            Create account
          </ButtonLink>
        )}
        {sample ? (
          <Button
            size="md"
            variant="default"
            loading={openSample.isPending}
            onClick={() => openSample.mutate()}
          >
            Open the sample workspace
          </Button>
        ) : null}
      </Group>
      {sample ? (
        <Text fz="sm" c="dimmed">
          The sample needs no account: a library, a full calendar for the coming weeks, and posts
          that went out, with their results.
        </Text>
      ) : null}
    </Stack>
  )
}

const promises = [
  {
    icon: IconCalendarCheck,
    title: 'Never twice, never lost',
    words:
      'Each post ends as published, failed with nothing visible, or needs review. You see how it got there.',
  },
  {
    icon: IconShieldCheck,
    title: 'Privacy that is enforced',
    words:
      'The privacy page is made from what the code does. A sentence without proof is not printed.',
  },
  {
    icon: IconHome,
    title: 'At home on your server',
    words: 'One process and one database. Nothing leaves but what you send to a network.',
  },
]

function Promises() {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xl" py="xl">
      {promises.map(({ icon: Icon, title, words }) => (
        <Stack key={title} gap="xs">
          <ThemeIcon variant="light" size={40} radius="md">
            <Icon size={22} stroke={1.6} />
          </ThemeIcon>
          <Title order={2} fz="md">
            {title}
          </Title>
          <Text c="dimmed" fz="sm">
            {words}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  )
}

function SandboxCard({ url }: { url: string }) {
  return (
    <Paper withBorder radius="lg" p="lg" mt="md">
      <Group justify="space-between" gap="md">
        <Stack gap={4} maw={560}>
          <Title order={2} fz="md">
            This is the sandbox
          </Title>
          <Text c="dimmed" fz="sm">
            The networks and the mailbox are played on this machine, so nothing reaches the public.
          </Text>
        </Stack>
        <Group gap="sm">
          <Button
            component="a"
            href={worldUrl(url)}
            variant="default"
            leftSection={<IconWorld size={18} stroke={1.6} />}
          >
            See the world
          </Button>
          <Button
            component="a"
            href={mailboxUrl(url)}
            variant="default"
            leftSection={<IconMailOpened size={18} stroke={1.6} />}
          >
            Open the mailbox
          </Button>
        </Group>
      </Group>
    </Paper>
  )
}
