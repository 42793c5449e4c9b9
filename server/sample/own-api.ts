import type { ContractRouterClient } from '@orpc/contract'
import { type AnyRouter, createRouterClient } from '@orpc/server'
import { permissionsOf } from '../../contract/accounts.ts'
import type { contract } from '../../contract/index.ts'
import type { Identity } from '../platform/api.ts'
import type { Platform } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'

export type OwnApi = ContractRouterClient<typeof contract>

/** The owner of a sample workspace, as a request of theirs would say. */
export function ownerOf(workspaceId: string, personId: string): Identity {
  return {
    actor: { kind: 'person', id: personId, sessionId: newId() },
    personId,
    workspaceId,
    permissions: new Set(permissionsOf.owner),
  }
}

/** The API as the owner's browser calls it, with every check, without the way over HTTP. */
export function ownApi(platform: Platform, router: AnyRouter, owner: Identity): OwnApi {
  const request = {
    id: newId(),
    method: 'POST',
    headers: new Headers(),
    ip: '',
    answerHeader: () => {},
  }
  const context = { platform, request, authenticate: async () => owner }
  return createRouterClient(router, { context }) as OwnApi
}
