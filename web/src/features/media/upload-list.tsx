import { ActionIcon, Group, Paper, Progress, ScrollArea, Stack, Text, Tooltip } from '@mantine/core'
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { bytesWords } from './file-words.ts'
import type { Upload } from './uploads/uploads.ts'
import { uploads } from './uploads/use-uploads.ts'

const percent = ({ sent, size }: Upload) => (size ? Math.round((sent / size) * 100) : 100)

function wordsOf(upload: Upload): string {
  const part = `${bytesWords(upload.sent)} of ${bytesWords(upload.size)}`
  switch (upload.state) {
    case 'waiting':
      return `Waiting for its turn, ${bytesWords(upload.size)}`
    case 'sending':
      return upload.kept ? part : `${part}. Keep this page open.`
    case 'paused':
      return `Paused at ${part}`
    case 'elsewhere':
      return 'Another tab of this browser is sending it'
    case 'failed':
      return upload.words ?? 'It could not be sent'
    case 'sent':
      return 'Arrived'
  }
}

/** More than these stand in a list of their own height, so that the page under them stays in view. */
const mostInFull = 3

/** Files on their way, each with its progress and what can be done with it. */
export function UploadList({ list }: { list: readonly Upload[] }) {
  if (list.length === 0) return null
  const rows = (
    <Stack gap="xs" component="ul" m={0} p={0} aria-label="Uploads">
      {list.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </Stack>
  )
  if (list.length <= mostInFull) return rows
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {list.length} files on their way
      </Text>
      <ScrollArea.Autosize mah={280} type="auto" offsetScrollbars>
        {rows}
      </ScrollArea.Autosize>
    </Stack>
  )
}

function UploadRow({ upload }: { upload: Upload }) {
  const { name, state } = upload
  return (
    <Paper component="li" withBorder p="xs" px="sm" style={{ listStyle: 'none' }}>
      <Group wrap="nowrap" gap="sm">
        <Stack gap={4} flex={1} miw={0}>
          <Text size="sm" truncate>
            {name}
          </Text>
          <Progress
            value={percent(upload)}
            size="sm"
            color={state === 'failed' ? 'red' : undefined}
            animated={state === 'sending'}
            aria-label={`${name}: ${percent(upload)} percent sent`}
          />
          <Text
            size="xs"
            c={state === 'failed' ? 'var(--mantine-color-error)' : 'dimmed'}
            role="status"
          >
            {wordsOf(upload)}
          </Text>
        </Stack>
        <Acts upload={upload} />
      </Group>
    </Paper>
  )
}

function Acts({ upload: { id, name, state } }: { upload: Upload }) {
  return (
    <Group gap={4} wrap="nowrap">
      {state === 'sending' || state === 'waiting' ? (
        <Act words={`Pause ${name}`} onClick={() => uploads.pause(id)}>
          <IconPlayerPauseFilled size={16} />
        </Act>
      ) : null}
      {state === 'paused' || state === 'elsewhere' ? (
        <Act words={`Resume ${name}`} onClick={() => uploads.resume(id)}>
          <IconPlayerPlayFilled size={16} />
        </Act>
      ) : null}
      {state === 'failed' ? (
        <Act words={`Try ${name} again`} onClick={() => uploads.resume(id)}>
          <IconRefresh size={16} />
        </Act>
      ) : null}
      <Act
        words={state === 'sent' ? `Take ${name} off this list` : `Cancel ${name}`}
        onClick={() => void uploads.cancel(id)}
      >
        <IconX size={16} />
      </Act>
    </Group>
  )
}

function Act(props: { words: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={props.words}>
      <ActionIcon variant="subtle" color="gray" aria-label={props.words} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  )
}
