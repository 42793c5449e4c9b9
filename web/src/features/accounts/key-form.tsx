import {
  Alert,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Group,
  Modal,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { Permission } from '../../../../contract/base.ts'
import { api, query } from '../../app/api.ts'
import { placeFault } from '../../app/errors.ts'
import { useCreating } from '../../app/intent.ts'
import { permissionWords } from './role-words.ts'

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: '730', label: 'Two years' },
  { value: 'never', label: 'Never' },
]
const initial = { name: '', permissions: ['read'] as Permission[], lifetime: '365' }
/** Only a person makes keys and members, so a key gets nothing from holding these. */
const forPeople: Permission[] = ['keys.manage', 'members.manage']
const offered = (Object.keys(permissionWords) as Permission[]).filter(
  (permission) => !forPeople.includes(permission),
)

/** Creates a key, and shows it the one time that it can be shown. */
export function KeyForm({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const form = useForm({
    initialValues: initial,
    validate: {
      name: (name) => (name.trim() ? null : 'Write what the key is for'),
      permissions: (permissions) => (permissions.length > 0 ? null : 'Choose at least one'),
    },
  })
  const create = useCreating(api.accounts.createApiKey, {
    onSuccess: () => queries.invalidateQueries({ queryKey: query.accounts.apiKeys.key() }),
    onError: (error) => placeFault(error, form),
  })
  if (create.data) {
    return (
      <Modal
        opened
        onClose={onClose}
        title="Your new key"
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <NewKey value={create.data.key} onClose={onClose} />
      </Modal>
    )
  }
  return (
    <Modal opened onClose={onClose} title="New API key">
      <form
        onSubmit={form.onSubmit(({ lifetime, ...values }) =>
          create.mutate({
            ...values,
            expiresInDays: lifetime === 'never' ? null : Number(lifetime),
          }),
        )}
      >
        <Stack>
          <TextInput
            label="What it is for"
            placeholder="Website"
            maxLength={60}
            required
            withAsterisk={false}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Checkbox.Group label="What it may do" {...form.getInputProps('permissions')}>
            <Stack gap="xs" mt="xs">
              {offered.map((permission) => (
                <Checkbox
                  key={permission}
                  value={permission}
                  label={permissionWords[permission].label}
                  description={permissionWords[permission].words}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <Select
            label="Ends after"
            allowDeselect={false}
            data={lifetimes}
            {...form.getInputProps('lifetime')}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create key
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function NewKey({ value, onClose }: { value: string; onClose: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" title="Copy it now">
        Only a fingerprint of it is kept, so it can’t be shown again.
      </Alert>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {value}
      </Code>
      <Text fz="sm" c="dimmed">
        Send it as <Code>Authorization: Bearer …</Code> with every call.
      </Text>
      <Group justify="flex-end" gap="sm">
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              leftSection={copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
              data-autofocus
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  )
}
