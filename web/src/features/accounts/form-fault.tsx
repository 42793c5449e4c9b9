import { Alert } from '@mantine/core'
import { AuthError } from './auth.ts'

/** What the sign-in library refused, unless it is about one field: that stands beside the field. */
export function FormFault({ error }: { error: Error | null }) {
  if (!error || (error instanceof AuthError && error.fault.field)) return null
  return <Alert color="red">{error.message}</Alert>
}
