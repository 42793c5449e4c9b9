import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { ErrorBody } from '../../../contract/errors.ts'
import { apiPrefix, contract } from '../../../contract/index.ts'

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

/** Headers that say which workspace a request is about, for what does not go through `api`. */
export function workspaceHeaders(): Record<string, string> {
  return workspaceId ? { 'avow-workspace': workspaceId } : {}
}

const link = new OpenAPILink<CallContext>(contract, {
  url: () => `${location.origin}${apiPrefix}`,
  headers: ({ context }) => ({
    ...workspaceHeaders(),
    ...(context.idempotencyKey ? { 'idempotency-key': context.idempotencyKey } : {}),
  }),
  customErrorResponseBodyDecoder: (body, response) => {
    const read = ErrorBody.safeParse(body)
    if (!read.success) return null
    const { code, message, ...data } = read.data.error
    return new ORPCError(code, { status: response.status, message, data })
  },
})

/** The same API that keys use, typed by the contract. */
export const api: ContractRouterClient<typeof contract, CallContext> = createORPCClient(link)
/** The same for TanStack Query: `useQuery(query.publishing.post.queryOptions({ input: { id } }))`. */
export const query = createTanstackQueryUtils(api)
