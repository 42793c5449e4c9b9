import { Alert, Button, Stack, Text } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { query } from '../../app/api.ts'
import { paths, safeNext } from '../../app/paths.ts'
import { TextLink } from '../../ui/links.tsx'
import { ask, auth } from './auth.ts'
import { AuthFrame } from './auth-frame.tsx'
import { MailboxButton } from './mailbox-button.tsx'

/** After signing up, or when somebody signs in before the e-mail is confirmed. */
export function ConfirmPage() {
  const search = useSearch({ strict: false })
  const email = typeof search.email === 'string' ? search.email : ''
  const { data: start } = useSuspenseQuery(query.accounts.start.queryOptions())
  const resend = useMutation({
    mutationFn: () =>
      ask((fetchOptions) =>
        auth.sendVerificationEmail({
          email,
          callbackURL: safeNext(search.next) ?? paths.newWorkspace(),
          fetchOptions,
        }),
      ),
  })
  return (
    <AuthFrame
      title="Confirm your e-mail"
      lead={
        search.from === 'sign-in'
          ? 'One step is left before you can sign in.'
          : 'One step is left: show that the address is yours.'
      }
      footer={<TextLink to={paths.signIn()}>Back to signing in</TextLink>}
    >
      <Stack>
        <Text>
          We sent a link to <b>{email || 'your address'}</b>. Open it, and you are in.
        </Text>
        {start.sandboxUrl ? (
          <MailboxButton sandboxUrl={start.sandboxUrl} />
        ) : (
          <Text c="dimmed" fz="sm">
            Not there after a few minutes? Look in the spam folder, or have it sent again.
          </Text>
        )}
        {resend.isSuccess ? <Alert color="avow">Sent again. The newest link counts.</Alert> : null}
        {resend.error ? <Alert color="red">{resend.error.message}</Alert> : null}
        {email ? (
          <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
            Send it again
          </Button>
        ) : null}
      </Stack>
    </AuthFrame>
  )
}
