import { Alert, Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { query } from '../../app/api.ts'
import { paths } from '../../app/paths.ts'
import { TextLink } from '../../ui/links.tsx'
import { ask, auth } from './auth.ts'
import { AuthFrame } from './auth-frame.tsx'
import { MailboxButton } from './mailbox-button.tsx'

export function ForgotPage() {
  const { data: start } = useSuspenseQuery(query.accounts.start.queryOptions())
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '' } })
  const request = useMutation({
    mutationFn: ({ email }: { email: string }) =>
      ask((fetchOptions) =>
        auth.requestPasswordReset({ email, redirectTo: paths.reset(), fetchOptions }),
      ),
  })
  return (
    <AuthFrame
      title="Reset your password"
      lead="We send a link to your address. It works once."
      footer={<TextLink to={paths.signIn()}>Back to signing in</TextLink>}
    >
      {request.isSuccess ? (
        <Stack>
          <Alert color="avow" title="Look in your mail">
            If there is an account with this address, a link is on its way.
          </Alert>
          {start.sandboxUrl ? <MailboxButton sandboxUrl={start.sandboxUrl} /> : null}
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((values) => request.mutate(values))}>
          <Stack>
            {request.error ? <Alert color="red">{request.error.message}</Alert> : null}
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              key={form.key('email')}
              {...form.getInputProps('email')}
            />
            <Button type="submit" fullWidth loading={request.isPending}>
              Send the link
            </Button>
          </Stack>
        </form>
      )}
    </AuthFrame>
  )
}
