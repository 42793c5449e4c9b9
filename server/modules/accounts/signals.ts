import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'

const person = z.object({ personId: z.uuid() })

/*
 * Links in mails carry secrets, and payloads lie in a table in clear: each job makes its link when
 * it runs. `next` is the path to go on to, sealed, because it may hold the link of an invitation.
 */
const withNext = person.extend({ next: z.string().max(4000).nullable() })

export const sendConfirmation = defineJob('accounts.send-confirmation', withNext)
export const sendExistingAccount = defineJob('accounts.send-existing-account', person)
export const sendPasswordReset = defineJob('accounts.send-password-reset', withNext)
export const sendInvitation = defineJob(
  'accounts.send-invitation',
  z.object({ workspaceId: z.uuid(), invitationId: z.uuid() }),
)
export const tellSecurityEvent = defineJob(
  'accounts.tell-security-event',
  z.object({ eventId: z.uuid() }),
)

export const accountsSignals = [
  sendConfirmation,
  sendExistingAccount,
  sendPasswordReset,
  sendInvitation,
  tellSecurityEvent,
]

/** Facts that this module records. */
export const happened = {
  workspaceChanged: 'workspace.changed',
  memberJoined: 'member.joined',
  memberChanged: 'member.changed',
  memberRemoved: 'member.removed',
  invitationMade: 'invitation.made',
  invitationWithdrawn: 'invitation.withdrawn',
  apiKeyCreated: 'api_key.created',
  apiKeyRevoked: 'api_key.revoked',
} as const
