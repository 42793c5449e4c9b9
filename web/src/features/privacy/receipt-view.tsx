import { Badge, Flex, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { z } from 'zod'
import type { Receipt } from '../../../../contract/networks.ts'
import { fullTime } from '../../ui/time-words.ts'

const outcomes: Record<string, { label: string; color: string }> = {
  destroyed: { label: 'Destroyed', color: 'red' },
  stopped: { label: 'Stopped', color: 'orange' },
  kept: { label: 'Kept', color: 'gray' },
  told: { label: 'For you to do', color: 'blue' },
}

/** What was destroyed, stopped and kept, line by line. */
export function ReceiptView({ receipt }: { receipt: z.infer<typeof Receipt> }) {
  return (
    <Paper withBorder radius="lg" p="lg" component="article">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} fz="md">
            {receipt.subject}
          </Title>
          <Text fz="sm" c="dimmed" component="time" dateTime={receipt.at}>
            {fullTime(receipt.at)}
          </Text>
        </Group>
        {receipt.lines.map((line) => {
          const outcome = outcomes[line.outcome]
          return (
            <Flex
              key={line.what}
              gap={{ base: 4, xs: 'md' }}
              direction={{ base: 'column', xs: 'row' }}
              align="flex-start"
            >
              <Badge variant="light" color={outcome?.color} tt="none" miw={104} flex="none">
                {outcome?.label ?? line.outcome}
              </Badge>
              <Stack gap={0}>
                <Text fz="sm" fw={500}>
                  {line.what.charAt(0).toUpperCase() + line.what.slice(1)}
                </Text>
                <Text fz="sm" c="dimmed">
                  {line.words}
                </Text>
              </Stack>
            </Flex>
          )
        })}
        <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          Receipt {receipt.id}
        </Text>
      </Stack>
    </Paper>
  )
}
