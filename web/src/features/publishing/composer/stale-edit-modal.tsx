import { Alert, Button, Group, Modal, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../../app/api.ts'
import { showFault } from '../../../app/errors.ts'
import { Intent } from '../../../app/intent.ts'
import { contentOf, type Draft, type DraftField, differences, draftOf } from '../draft.ts'
import { instantWords } from '../zone-time.ts'
import type { PostDraft } from './use-post-draft.ts'

type Props = { editor: PostDraft; zone: string }

const copies = new Intent()

function shownIn(draft: Draft, field: DraftField): string {
  if (field === 'media') return draft.media.map((one) => one.asset.name).join(', ') || 'None'
  if (field === 'targets') return `${draft.targets.length}`
  return draft[field] || 'Empty'
}

/** Somebody saved the post since it was read here: both versions, and the choice. */
export function StaleEditModal({ editor, zone }: Props) {
  const { save, draft, autosave } = editor
  const theirs = save.kind === 'conflict' ? save.theirs : null
  const copyMine = useMutation({
    mutationFn: async () => {
      const content = contentOf(draft)
      await api.publishing.createPost(content, {
        context: { idempotencyKey: copies.keyFor(content) },
      })
      copies.done()
      if (theirs) await autosave.choose(draftOf(theirs))
    },
    onError: showFault,
  })
  if (!theirs) return null
  const other = draftOf(theirs)
  const changed = differences(draft, other)
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="xl"
      title="Somebody else changed this post"
    >
      <Stack>
        <Alert color="orange">
          It was saved in another place at {instantWords(theirs.updatedAt, zone)}, while you were
          writing here. Nothing is overwritten: choose what stays.
        </Alert>
        {changed.length === 0 ? <Text size="sm">Both versions say the same.</Text> : null}
        {changed.map(({ field, name }) => (
          <SimpleGrid key={field} cols={{ base: 1, xs: 2 }} spacing="sm">
            <Version title={`${name}, yours`} text={shownIn(draft, field)} />
            <Version title={`${name}, theirs`} text={shownIn(other, field)} />
          </SimpleGrid>
        ))}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => void autosave.choose(other)}>
            Use theirs
          </Button>
          <Button
            variant="default"
            loading={copyMine.isPending}
            onClick={() => copyMine.mutate()}
            // Too long for one line of a phone.
            h="auto"
            mih={36}
            py={6}
            styles={{ label: { whiteSpace: 'normal' } }}
          >
            Use theirs, keep mine as a new draft
          </Button>
          <Button onClick={() => void autosave.choose(draft)}>Use mine</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const Version = ({ title, text }: { title: string; text: string }) => (
  <Paper withBorder p="sm">
    <Text size="xs" c="dimmed" mb={4}>
      {title}
    </Text>
    <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  </Paper>
)
