import { Container } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { ButtonLink } from '../ui/links.tsx'
import { Empty, Failed } from '../ui/states.tsx'
import { faultOf } from './errors.ts'
import { paths } from './paths.ts'

const reload = () => location.reload()

/** After an update of the server, a page that was open asks for files that are gone. */
const wantsNewVersion = (error: unknown) =>
  error instanceof TypeError && /dynamically imported module|module script/i.test(error.message)

/** What a page shows when what it needs could not be loaded, or it broke. */
export function Failure({ error }: ErrorComponentProps) {
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  useEffect(() => {
    reset()
    // A fault of ours: it belongs in the browser's console, as if nobody had caught it.
    if (isOurs(error)) reportError(error)
  }, [error, reset])
  if (wantsNewVersion(error)) {
    return (
      <Frame>
        <Failed
          order={1}
          title="Avow has been updated"
          words="Load the page again to go on with the new version."
          onRetry={reload}
        />
      </Frame>
    )
  }
  const fault = faultOf(error)
  const words = [fault.fix, fault.requestId && `Reference: ${fault.requestId}`]
  return (
    <Frame>
      <Failed
        order={1}
        title={fault.message}
        words={words.filter(Boolean).join(' ')}
        onRetry={() => {
          reset()
          void router.invalidate()
        }}
      />
    </Frame>
  )
}

const isOurs = (error: unknown) => {
  const { code, requestId } = faultOf(error)
  return code === 'internal' && requestId === null
}

const Frame = ({ children }: { children: ReactNode }) => (
  <Container size="sm" py="xl">
    {children}
  </Container>
)

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
