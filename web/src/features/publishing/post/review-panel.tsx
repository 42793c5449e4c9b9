import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { IconHelpHexagon } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Target } from '../../../../../contract/publishing.ts'
import { api } from '../../../app/api.ts'
import { faultOf, placeFault } from '../../../app/errors.ts'
import { CanButton } from '../../../ui/can-button.tsx'
import { sentences } from '../../../ui/sentences.ts'
import { refreshPosts } from '../queries.ts'

type Props = { target: Target; networkLabel: string }

type Found = { kind: 'there'; url: string } | { kind: 'not_there' }

/** Asks a person what became of a target of which the network's answer was lost. */
export function ReviewPanel({ target, networkLabel }: Props) {
  const queries = useQueryClient()
  const [linking, link] = useDisclosure()
  const form = useForm({ initialValues: { url: '' } })
  const resolve = useMutation({
    mutationFn: (found: Found) => api.publishing.resolve({ id: target.id, found }),
    onSettled: () => refreshPosts(queries),
    onError: (error) => {
      const { message, fix, issues } = faultOf(error)
      if (issues.length > 0) form.setFieldError('url', sentences(message, fix))
      else placeFault(error, form)
    },
  })
  const { resolve: can } = target.can
  const askPublish = () =>
    modals.openConfirmModal({
      title: 'Publish it once more?',
      children: (
        <Text size="sm">
          Only do this if you have looked at {networkLabel} and it is not there. If it is, people
          see it twice.
        </Text>
      ),
      labels: { confirm: 'It is not there: publish', cancel: 'Go back' },
      onConfirm: () => resolve.mutate({ kind: 'not_there' }),
    })
  return (
    <Alert
      color="orange"
      icon={<IconHelpHexagon />}
      title={`Please look at ${networkLabel}: is it there?`}
    >
      <Stack gap="sm">
        <Text size="sm">
          Only you can tell now. It is not sent again by itself, so that nobody sees it twice.
        </Text>
        <Group gap="xs">
          <CanButton can={can} size="sm" variant="default" onClick={link.toggle}>
            It is there: link it
          </CanButton>
          <CanButton
            can={can}
            size="sm"
            variant="default"
            loading={resolve.isPending && !linking}
            onClick={askPublish}
          >
            It is not there: publish
          </CanButton>
        </Group>
        {linking ? (
          <form
            onSubmit={form.onSubmit(({ url }) =>
              resolve.mutate({ kind: 'there', url: url.trim() }),
            )}
          >
            <Group align="flex-start" gap="xs">
              <TextInput
                flex={1}
                miw={200}
                aria-label="Its address"
                placeholder="Paste its address"
                type="url"
                required
                data-autofocus
                {...form.getInputProps('url')}
              />
              <Button type="submit" loading={resolve.isPending}>
                Link it
              </Button>
            </Group>
          </form>
        ) : null}
      </Stack>
    </Alert>
  )
}
