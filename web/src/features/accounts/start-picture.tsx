import { Badge, Box, Group, Paper, Stack, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import classes from './start-page.module.css'

const steps = [
  { at: '09:00:00', words: 'Approved text and picture, unchanged since' },
  { at: '09:00:01', words: 'Picture accepted by Pinterest' },
  { at: '09:00:02', words: 'Sent once' },
  { at: '09:00:03', words: 'Pinterest says: on the board Autumn kitchen' },
]

/** What a published post looks like, drawn small. Decoration: the words beside it say it all. */
export function StartPicture() {
  return (
    <Box className={classes.picture} aria-hidden="true" visibleFrom="sm">
      <Paper withBorder radius="lg" p="lg" shadow="md" className={classes.card}>
        <Group wrap="nowrap" align="flex-start" gap="md">
          <Box className={classes.photo} />
          <Stack gap={6} flex={1}>
            <Group justify="space-between" wrap="nowrap">
              <Text fw={600}>Plum tart, the short way</Text>
              <Badge variant="light" color="avow" tt="none" flex="none">
                Published
              </Badge>
            </Group>
            <Text fz="sm" c="dimmed">
              Autumn kitchen
            </Text>
          </Stack>
        </Group>
        <Stack gap={10} mt="lg">
          {steps.map(({ at, words }) => (
            <Group key={at} gap="sm" wrap="nowrap">
              <Box className={classes.tick}>
                <IconCheck size={13} stroke={3} />
              </Box>
              <Text fz="sm" flex={1}>
                {words}
              </Text>
              <Text fz="xs" c="dimmed" ff="monospace">
                {at}
              </Text>
            </Group>
          ))}
        </Stack>
      </Paper>
    </Box>
  )
}
