import { List, Text, ThemeIcon } from '@mantine/core'
import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react'
import type { Finding } from '../../../../../contract/publishing.ts'

/** Findings with what to do about each. Errors and warnings differ by icon and word too. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  return (
    <List spacing={4} size="sm" center={false} aria-live="polite" listStyleType="none">
      {findings.map((finding) => (
        <List.Item
          key={`${finding.rule}:${finding.field}:${finding.connectionId}`}
          icon={<Mark level={finding.level} />}
        >
          <Text size="sm" span>
            <span>{finding.words}</span>{' '}
            <Text span c="dimmed" size="sm">
              {finding.fix}
            </Text>
          </Text>
        </List.Item>
      ))}
    </List>
  )
}

const Mark = ({ level }: { level: Finding['level'] }) =>
  level === 'error' ? (
    <ThemeIcon size={20} variant="transparent" color="red" role="img" aria-label="To fix">
      <IconExclamationCircle size={18} />
    </ThemeIcon>
  ) : (
    <ThemeIcon size={20} variant="transparent" color="orange" role="img" aria-label="Warning">
      <IconAlertTriangle size={18} />
    </ThemeIcon>
  )
