import { contract } from 'virtual:contract-routes'
import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { ErrorBody } from '../../../contract/errors.ts'

const apiPrefix = '/api/v1'

/** What a call may carry beside its input. */
export type CallContext = {
  /** One for each thing that a person wants made, the same on every retry of it. */
  idempotencyKey?: string
}

let workspaceId: string | null = null

/** Which workspace the calls are about. The router sets it from the address of the page. */
export function setWorkspaceOfCalls(id: string | null): void {
  workspaceId = id
}

// By hand, and not by the schema, to keep the validation library out of the first load.
const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' &&
  body !== null &&
  'error' in body &&
  typeof body.error === 'object' &&
  body.error !== null &&
  'code' in body.error &&
  'message' in body.error

const link = new OpenAPILink<CallContext>(contract, {
  url: () => `${location.origin}${apiPrefix}`,
  headers: ({ context }) => ({
    ...(workspaceId ? { 'avow-workspace': workspaceId } : {}),
    ...(context.idempotencyKey ? { 'idempotency-key': context.idempotencyKey } : {}),
  }),
  customErrorResponseBodyDecoder: (body, response) => {
    if (!isErrorBody(body)) return null
    const { code, message, ...data } = body.error
    return new ORPCError(code, { status: response.status, message, data })
  },
})

/** The same API that keys use, typed by the contract. */
export const api: ContractRouterClient<typeof contract, CallContext> = createORPCClient(link)
/** The same for TanStack Query: `useQuery(query.publishing.post.queryOptions({ input: { id } }))`. */
export const query = createTanstackQueryUtils(api)
