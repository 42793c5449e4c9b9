import { Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { paths, safeNext } from '../../app/paths.ts'
import { TextLink } from '../../ui/links.tsx'
import { AuthError, ask, auth } from './auth.ts'
import { AuthFrame } from './auth-frame.tsx'
import { FormFault } from './form-fault.tsx'
import { GoogleButton } from './google-button.tsx'
import { NewPasswordInput } from './new-password-input.tsx'
import { passwordMax, passwordMin } from './password-strength.ts'

export function SignUpPage() {
  const search = useSearch({ strict: false })
  const next = safeNext(search.next)
  return (
    <AuthFrame
      title="Create an account"
      footer={
        <>
          Have an account?{' '}
          <TextLink to={paths.signIn()} search={next ? { next } : {}}>
            Sign in
          </TextLink>
        </>
      }
    >
      <GoogleButton next={next ?? paths.landing()} />
      <SignUpForm next={next} email={typeof search.email === 'string' ? search.email : ''} />
    </AuthFrame>
  )
}

function SignUpForm({ next, email }: { next: string | null; email: string }) {
  const navigate = useNavigate()
  const [typed, setTyped] = useState({ name: '', email, password: '' })
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email, password: '' },
    onValuesChange: setTyped,
    validate: {
      name: (name) => (name.trim() ? null : 'Write your name'),
      password: (password) =>
        password.length < passwordMin
          ? `Choose at least ${passwordMin} characters`
          : password.length > passwordMax
            ? `Choose at most ${passwordMax} characters`
            : null,
    },
  })
  const signUp = useMutation({
    mutationFn: (values: typeof typed) =>
      ask((fetchOptions) =>
        auth.signUp.email({
          ...values,
          name: values.name.trim(),
          callbackURL: next ?? paths.newWorkspace(),
          fetchOptions,
        }),
      ),
    onSuccess: (_, values) =>
      navigate({ to: paths.confirm(), search: { email: values.email, ...(next ? { next } : {}) } }),
    onError: (error) => {
      if (error instanceof AuthError && error.fault.field) {
        form.setFieldError(error.fault.field, error.message)
      }
    },
  })
  return (
    <form onSubmit={form.onSubmit((values) => signUp.mutate(values))}>
      <Stack>
        <FormFault error={signUp.error} />
        <TextInput
          label="Your name"
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={80}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="email"
          required
          withAsterisk={false}
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <NewPasswordInput
          label="Password"
          typed={typed.password}
          personal={[typed.name, typed.email]}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" fullWidth loading={signUp.isPending}>
          Create account
        </Button>
      </Stack>
    </form>
  )
}
