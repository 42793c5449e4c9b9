import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { paths, safeNext } from '../../app/paths.ts'
import { TextLink } from '../../ui/links.tsx'
import { AuthError, ask, auth } from './auth.ts'
import { AuthFrame } from './auth-frame.tsx'
import { linkWords } from './auth-words.ts'
import { FormFault } from './form-fault.tsx'
import { GoogleButton } from './google-button.tsx'

export function SignInPage() {
  const search = useSearch({ strict: false })
  const next = safeNext(search.next)
  return (
    <AuthFrame
      title="Sign in"
      footer={
        <>
          New here?{' '}
          <TextLink to={paths.signUp()} search={next ? { next } : {}}>
            Create an account
          </TextLink>
        </>
      }
    >
      {search.error ? (
        <Alert color="red" title="Signing in did not work">
          {linkWords(String(search.error))}
        </Alert>
      ) : null}
      <GoogleButton next={next ?? paths.landing()} />
      <SignInForm next={next} />
    </AuthFrame>
  )
}

const initial = { email: '', password: '' }
type Values = typeof initial

function SignInForm({ next }: { next: string | null }) {
  const navigate = useNavigate()
  const form = useForm({ mode: 'uncontrolled', initialValues: initial })
  const signIn = useMutation({
    mutationFn: (values: Values) =>
      // The library loads the next page anew, so that nothing read before stays. A mail that
      // confirms the address leads there too.
      ask((fetchOptions) =>
        auth.signIn.email({ ...values, callbackURL: next ?? paths.landing(), fetchOptions }),
      ),
    onError: (error, values) => {
      if (!(error instanceof AuthError)) return
      if (error.code === 'EMAIL_NOT_VERIFIED') {
        void navigate({ to: paths.confirm(), search: { email: values.email, from: 'sign-in' } })
      } else if (error.fault.field) form.setFieldError(error.fault.field, error.message)
    },
  })
  return (
    <form onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
      <Stack>
        <FormFault error={signIn.error} />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <TextLink to={paths.forgot()} fz="sm" w="fit-content">
          Forgot your password?
        </TextLink>
        <Button type="submit" fullWidth loading={signIn.isPending || signIn.isSuccess}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
