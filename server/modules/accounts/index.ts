/**
 * Accounts: who people are, how they sign in, which workspaces they belong to and what they may do
 * there. Sign-in runs on a library under /api/auth (`sign-in.ts`, `auth-routes.ts`); workspaces,
 * members, invitations and API keys are ours. Every request of the API comes through `authenticate`.
 */
import type { Permission } from '../../../contract/base.ts'
import type { Config } from '../../platform/config.ts'
import type { Platform, Scope } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import type { Recipient } from '../../platform/recipients.ts'
import { rolesWith, sameEmail } from './rules.ts'
import {
  clearDefaultConnection,
  emailsByRole,
  selectNames,
  selectWorkspace,
  selectWorkspaceIds,
  upsertPerson,
} from './store.ts'

export { authenticate } from './authenticate.ts'
export { createWorkspace } from './create-workspace.ts'
export { onDefaultConnection } from './on-default-connection.ts'
export { openSession } from './open-session.ts'
export { ipKey, rateLimits } from './rate-limits.ts'
export { demandOurPages } from './same-origin.ts'

/** Names of people, by id. People who are gone are missing. */
export const memberNames: (tx: Tx, personIds: readonly string[]) => Promise<Map<string, string>> =
  selectNames

export type WorkspaceSettings = {
  name: string
  timeZone: string
  weekStart: number
  defaultConnectionId: string | null
}

/** Inside a transaction that is open already, hand it on as `tx`. */
export async function workspaceSettings(scope: Scope, tx?: Tx): Promise<WorkspaceSettings> {
  const read = (inner: Tx) => selectWorkspace(inner, scope.workspaceId)
  const { name, timeZone, weekStart, defaultConnectionId } = await (tx ? read(tx) : scope.tx(read))
  return { name, timeZone, weekStart, defaultConnectionId }
}

/** Members who may do something and whose address is confirmed: those to mail about it. */
export function peopleToTell(
  scope: Scope,
  permission: Permission,
): Promise<{ personId: string; name: string; email: string }[]> {
  return scope.tx((tx) => emailsByRole(tx, scope.workspaceId, rolesWith(permission)))
}

/** Forgets the default connection of the workspace, if it is this one. For when it goes. */
export async function removeDefaultConnection(
  tx: Tx,
  scope: Pick<Scope, 'workspaceId'>,
  connectionId: string,
): Promise<void> {
  await clearDefaultConnection(tx, scope.workspaceId, connectionId)
}

/** Ids of workspaces after one, in order, a page at a time. Works in a global transaction. */
export const workspaceIds: (tx: Tx, after: string | undefined) => Promise<string[]> =
  selectWorkspaceIds

/** A person without a password, whose address is taken as confirmed. The id, also if there was one. */
export function createPerson(
  { database }: Platform,
  person: { name: string; email: string },
): Promise<string> {
  return database.global((tx) =>
    upsertPerson(tx, { name: person.name, email: sameEmail(person.email) }),
  )
}

/** Whom signing in may tell something. */
export function accountRecipients(config: Config): Recipient[] {
  if (!config.google) return []
  return [
    {
      processor: 'google',
      words: 'Google says who you are when you sign in with Google',
      hosts: ['accounts.google.com', 'oauth2.googleapis.com', 'www.googleapis.com'],
      policyUrl: 'https://policies.google.com/privacy',
    },
  ]
}
