import { Alert, Button, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api, query } from '../../app/api.ts'
import { faultOf } from '../../app/errors.ts'
import { paths } from '../../app/paths.ts'
import { ButtonLink, TextLink } from '../../ui/links.tsx'
import { sentences } from '../../ui/sentences.ts'
import { Waiting } from '../../ui/states.tsx'
import { ask, auth } from './auth.ts'
import { AuthFrame } from './auth-frame.tsx'
import { roleWords } from './role-words.ts'
import { useSignedIn } from './signed-in.ts'

/** Where the link in an invitation's mail leads: `?token=`. */
export function InvitePage() {
  const { token } = useSearch({ strict: false })
  return typeof token === 'string' && token ? <Invitation token={token} /> : <NoInvitation />
}

function NoInvitation({ words }: { words?: string }) {
  return (
    <AuthFrame title="This invitation does not hold">
      <Text>
        {words ??
          'The link is incomplete, was used, or was withdrawn. Ask whoever invited you for a new one.'}
      </Text>
      <TextLink to={paths.start()}>Go to the start</TextLink>
    </AuthFrame>
  )
}

function Invitation({ token }: { token: string }) {
  const invitation = useQuery(
    query.accounts.showInvitation.queryOptions({ input: { token }, retry: false }),
  )
  const signedIn = useSignedIn()
  if (invitation.isPending || signedIn.isPending) return <Waiting />
  if (invitation.error) {
    const { message, fix } = faultOf(invitation.error)
    return <NoInvitation words={sentences(message, fix)} />
  }
  const { workspace, role, invitedBy, email } = invitation.data
  return (
    <AuthFrame
      title={`Join ${workspace}`}
      lead={`${invitedBy} invited ${email} as ${roleWords[role].label.toLowerCase()}: ${roleWords[role].words.toLowerCase()}.`}
    >
      {signedIn.data ? (
        <Accept token={token} me={signedIn.data.email} invited={email} />
      ) : (
        <Strangers token={token} email={email} />
      )}
    </AuthFrame>
  )
}

function Strangers({ token, email }: { token: string; email: string }) {
  const next = `${paths.invite()}?token=${encodeURIComponent(token)}`
  return (
    <Stack>
      <ButtonLink to={paths.signUp()} search={{ next, email }} fullWidth>
        Create an account
      </ButtonLink>
      <ButtonLink to={paths.signIn()} search={{ next }} fullWidth variant="default">
        I have an account
      </ButtonLink>
    </Stack>
  )
}

function Accept({ token, me, invited }: { token: string; me: string; invited: string }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const accept = useMutation({
    mutationFn: () => api.accounts.acceptInvitation({ token }),
    onSuccess: async ({ workspaceId }) => {
      await queries.invalidateQueries({ queryKey: query.accounts.me.key() })
      await navigate({ to: paths.calendar(workspaceId) })
    },
  })
  const leave = useMutation({
    mutationFn: () => ask((fetchOptions) => auth.signOut({ fetchOptions })),
    onSuccess: () => queries.clear(),
  })
  const fault = accept.error ? faultOf(accept.error) : null
  const other = me.toLowerCase() !== invited.toLowerCase()
  return (
    <Stack>
      {fault ? (
        <Alert color="red" title={fault.message}>
          {fault.fix}
        </Alert>
      ) : null}
      {other ? (
        <Alert color="yellow" title={`You are signed in as ${me}`}>
          The invitation is for {invited}. Sign out, then open the link again with that account.
        </Alert>
      ) : null}
      <Button fullWidth loading={accept.isPending} onClick={() => accept.mutate()} disabled={other}>
        Join
      </Button>
      {other ? (
        <Button
          fullWidth
          variant="default"
          loading={leave.isPending}
          onClick={() => leave.mutate()}
        >
          Sign out
        </Button>
      ) : null}
    </Stack>
  )
}
