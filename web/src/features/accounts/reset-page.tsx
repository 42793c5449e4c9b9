import { Alert, Button, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { paths } from '../../app/paths.ts'
import { ButtonLink, TextLink } from '../../ui/links.tsx'
import { AuthError, ask, auth } from './auth.ts'
import { AuthFrame } from './auth-frame.tsx'
import { FormFault } from './form-fault.tsx'
import { NewPasswordInput } from './new-password-input.tsx'
import { passwordMin } from './password-strength.ts'

/** Where the link in the mail leads: `?token=` when it holds, `?error=` when it does not. */
export function ResetPage() {
  const { token, error } = useSearch({ strict: false })
  return (
    <AuthFrame
      title="Choose a new password"
      footer={<TextLink to={paths.signIn()}>Back to signing in</TextLink>}
    >
      {typeof token === 'string' && !error ? <ResetForm token={token} /> : <LinkTooOld />}
    </AuthFrame>
  )
}

function LinkTooOld() {
  return (
    <Stack>
      <Alert color="red" title="This link no longer works">
        It has been used, or it is too old. A new one takes a minute.
      </Alert>
      <ButtonLink to={paths.forgot()}>Send a new link</ButtonLink>
    </Stack>
  )
}

function ResetForm({ token }: { token: string }) {
  const [typed, setTyped] = useState('')
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    onValuesChange: ({ password }) => setTyped(password),
    validate: {
      password: (password) =>
        password.length < passwordMin ? `Choose at least ${passwordMin} characters` : null,
    },
  })
  const reset = useMutation({
    mutationFn: ({ password }: { password: string }) =>
      ask((fetchOptions) => auth.resetPassword({ newPassword: password, token, fetchOptions })),
    onError: (fault) => {
      if (fault instanceof AuthError && fault.fault.field === 'password') {
        form.setFieldError('password', fault.message)
      }
    },
  })
  if (reset.isSuccess) {
    return (
      <Stack>
        <Alert color="avow" title="Your password is changed">
          Sign-ins on other devices have ended.
        </Alert>
        <ButtonLink to={paths.signIn()}>Sign in</ButtonLink>
      </Stack>
    )
  }
  if (reset.error instanceof AuthError && reset.error.code === 'INVALID_TOKEN')
    return <LinkTooOld />
  return (
    <form onSubmit={form.onSubmit((values) => reset.mutate(values))}>
      <Stack>
        <FormFault error={reset.error} />
        <NewPasswordInput
          label="New password"
          typed={typed}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" fullWidth loading={reset.isPending}>
          Change password
        </Button>
      </Stack>
    </form>
  )
}
