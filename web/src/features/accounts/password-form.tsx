import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../app/api.ts'
import { AuthError, ask, auth } from './auth.ts'
import { FormFault } from './form-fault.tsx'
import { NewPasswordInput } from './new-password-input.tsx'
import { passwordMin } from './password-strength.ts'

const initial = { currentPassword: '', password: '' }

/** Changes the password and ends the sign-ins on other devices. */
export function PasswordForm() {
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: initial,
    onValuesChange: ({ password }) => setTyped(password),
    validate: {
      password: (password) =>
        password.length < passwordMin ? `Choose at least ${passwordMin} characters` : null,
    },
  })
  const change = useMutation({
    mutationFn: ({ currentPassword, password }: typeof initial) =>
      ask((fetchOptions) =>
        auth.changePassword({
          currentPassword,
          newPassword: password,
          fetchOptions,
        }),
      ),
    onSuccess: async () => {
      form.reset()
      notifications.show({ message: 'Password changed. Other devices are signed out.' })
      await queries.invalidateQueries({ queryKey: query.accounts.key() })
    },
    onError: (error) => {
      if (error instanceof AuthError && error.fault.field) {
        form.setFieldError(error.fault.field, error.message)
      }
    },
  })
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack p="lg">
        <FormFault error={change.error} />
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          key={form.key('currentPassword')}
          {...form.getInputProps('currentPassword')}
        />
        <NewPasswordInput
          label="New password"
          typed={typed}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Group justify="space-between">
          <Text fz="sm" c="dimmed">
            Other devices are signed out.
          </Text>
          <Button type="submit" loading={change.isPending}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
