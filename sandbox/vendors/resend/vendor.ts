import { randomUUID } from 'node:crypto'
import { type Answer, type Failure, json, type Vendor } from '../../vendor.ts'
import { emailRoutes } from './emails.ts'

const NAMES: Record<number, string> = {
  400: 'validation_error',
  401: 'invalid_api_key',
  403: 'invalid_access',
  404: 'not_found',
  422: 'validation_error',
  429: 'rate_limit_exceeded',
  500: 'internal_server_error',
}

/** Resend: mail that ends in this world's mailbox. */
export const resendVendor: Vendor = {
  name: 'resend',
  hosts: ['api.resend.com'],
  routes: emailRoutes,
  newRequestId: randomUUID,
  accountOf: () => [],
  arrange: () => undefined,
  failure: (_call, { status, message, retryAfter }: Failure): Answer => {
    const headers: Record<string, string> =
      retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
    const name = NAMES[status] ?? 'application_error'
    const words = message ?? 'Something went wrong. Please try again later.'
    return json(status, { statusCode: status, name, message: words }, headers)
  },
  answered: () => undefined,
}
