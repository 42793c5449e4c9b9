import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { apiPrefix, contract } from '../../../contract/index.ts'

let workspaceId: string | null = null

/** Which workspace the calls are about. The router sets it from the address of the page. */
export function useWorkspaceInCalls(id: string | null): void {
  workspaceId = id
}

const link = new OpenAPILink(contract, {
  url: () => `${location.origin}${apiPrefix}`,
  headers: () => (workspaceId ? { 'avow-workspace': workspaceId } : {}),
})

/** The same API that keys use, typed by the contract. */
export const api: ContractRouterClient<typeof contract> = createORPCClient(link)
/** The same for TanStack Query: `useQuery(query.publishing.post.queryOptions({ input: { id } }))`. */
export const query = createTanstackQueryUtils(api)
