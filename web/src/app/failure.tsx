import { Container } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ButtonLink } from '../ui/links.tsx'
import { Empty, Failed } from '../ui/states.tsx'
import { faultOf } from './errors.ts'
import { paths } from './paths.ts'

const reload = () => location.reload()

/** After an update of the server, a page that was open asks for files that are gone. */
const wantsNewVersion = (error: unknown) =>
  error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)

/** What a page shows when what it needs could not be loaded. */
export function Failure({ error }: ErrorComponentProps) {
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  useEffect(() => reset(), [reset])
  if (wantsNewVersion(error)) {
    return (
      <Failed
        order={1}
        title="Avow has been updated"
        words="Load the page again to go on with the new version."
        onRetry={reload}
      />
    )
  }
  const fault = faultOf(error)
  const words = [fault.fix, fault.requestId && `Reference: ${fault.requestId}`]
  return (
    <Failed
      order={1}
      title={fault.message}
      words={words.filter(Boolean).join(' ')}
      onRetry={() => {
        reset()
        void router.invalidate()
      }}
    />
  )
}

export function NotFound() {
  return (
    <Container component="main" size="xs" py="xl">
      <Empty
        order={1}
        title="There is nothing at this address"
        words="It may have been deleted, or the link is incomplete."
        action={<ButtonLink to={paths.start()}>Go to the start</ButtonLink>}
      />
    </Container>
  )
}
