import { Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Manifest } from '../../../../../contract/networks.ts'
import type { Finding } from '../../../../../contract/publishing.ts'
import { type Draft, findingsOf } from '../draft.ts'
import { countText, type TextLimit, tightestLimit } from '../text-count.ts'
import { FindingList } from './finding-list.tsx'

type Props = {
  draft: Draft
  manifests: readonly Manifest[]
  findings: readonly Finding[]
  /** What the server refused to save, by field. */
  refused: Partial<Record<string, string>>
  disabled: boolean
  onChange: (part: Partial<Draft>) => void
}

/** Title, text and link, each counted as the strictest of the chosen networks counts. */
export function TextFields({ draft, manifests, findings, refused, disabled, onChange }: Props) {
  const title = tightestLimit(manifests, (text) => text.title)
  const body = tightestLimit(manifests, (text) => text.body)
  const link = tightestLimit(manifests, (text) => text.link)
  const below = (field: string) => <FindingList findings={findingsOf(findings, field)} />
  return (
    <Stack gap="md">
      <div>
        <TextInput
          label={<Label words="Title" text={draft.title} limit={title} />}
          labelProps={wideLabel}
          value={draft.title}
          error={refused.title}
          disabled={disabled}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
        {below('title')}
      </div>
      <div>
        <Textarea
          label={<Label words="Text" text={draft.body} limit={body} />}
          labelProps={wideLabel}
          autosize
          minRows={4}
          maxRows={16}
          value={draft.body}
          error={refused.body}
          disabled={disabled}
          onChange={(event) => onChange({ body: event.currentTarget.value })}
        />
        {below('body')}
      </div>
      <div>
        <TextInput
          label={<Label words="Link" text={draft.link} limit={link} quiet />}
          labelProps={wideLabel}
          description="Where a click on the post leads"
          placeholder="https://"
          type="url"
          value={draft.link}
          error={refused.link}
          disabled={disabled}
          onChange={(event) => onChange({ link: event.currentTarget.value })}
        />
        {below('link')}
      </div>
    </Stack>
  )
}

const wideLabel = { style: { display: 'block' } }

type LabelProps = { words: ReactNode; text: string; limit: TextLimit | null; quiet?: boolean }

/** A field's name with how much of its limit is used. `quiet` shows it only near the limit. */
export function Label({ words, text, limit, quiet = false }: LabelProps) {
  if (!limit) return <>{words}</>
  const count = countText(text, limit.countedIn)
  if (quiet && count < limit.max * 0.8) return <>{words}</>
  const over = count > limit.max
  const warned = limit.warnAbove !== null && count > limit.warnAbove
  return (
    <Group justify="space-between" component="span" gap="xs">
      <span>{words}</span>
      <Text
        span
        size="xs"
        fw={over || warned ? 600 : 400}
        c={over ? 'var(--mantine-color-error)' : 'dimmed'}
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        {over ? `${count - limit.max} too many, ` : ''}
        {count} / {limit.max}
      </Text>
    </Group>
  )
}
