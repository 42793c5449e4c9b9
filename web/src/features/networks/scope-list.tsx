import { List, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { Connection } from '../../../../contract/networks.ts'

/** What the account allowed, in plain words, and what it did not. */
export function ScopeList({ scopes }: Pick<Connection, 'scopes'>) {
  return (
    <Stack gap={6}>
      <Text fz="sm" fw={600}>
        What Avow may do there
      </Text>
      <List spacing={4} fz="sm" center listStyleType="none">
        {scopes.map(({ scope, words, granted }) => (
          <List.Item
            key={scope}
            icon={
              <ThemeIcon size={18} radius="xl" variant="light" color={granted ? 'avow' : 'orange'}>
                {granted ? <IconCheck size={12} stroke={3} /> : <IconX size={12} stroke={3} />}
              </ThemeIcon>
            }
          >
            <span title={scope}>{words}</span>
            {granted ? null : (
              <Text span c="dimmed">
                {' '}
                (not granted)
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </Stack>
  )
}
