import { Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react'
import type { Finding } from '../../../../../contract/publishing.ts'
import classes from './composer.module.css'

/** Findings with what to do about each. Errors and warnings differ by icon and word too. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <Stack gap={4} component="ul" className={classes.findings} aria-live="polite">
      {findings.map((finding) => (
        <li key={`${finding.rule}:${finding.field}:${finding.words}`} className={classes.finding}>
          <Mark level={finding.level} />
          <Text size="sm" span>
            {finding.words}{' '}
            <Text span c="dimmed" size="sm">
              {finding.fix}
            </Text>
          </Text>
        </li>
      ))}
    </Stack>
  )
}

const Mark = ({ level }: { level: Finding['level'] }) =>
  level === 'error' ? (
    <IconExclamationCircle
      size={18}
      color="var(--mantine-color-error)"
      role="img"
      aria-label="To fix"
    />
  ) : (
    <IconAlertTriangle
      size={18}
      color="var(--mantine-color-orange-6)"
      role="img"
      aria-label="Warning"
    />
  )
