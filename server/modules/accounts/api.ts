import { implement } from '@orpc/server'
import { contract } from '../../../contract/index.ts'
import { type ApiContext, inside, signedIn } from '../../platform/api.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { changeRole } from './change-role.ts'
import { createApiKey } from './create-api-key.ts'
import { createWorkspace } from './create-workspace.ts'
import { endSignIn } from './end-sign-in.ts'
import { inviteMember } from './invite-member.ts'
import { listApiKeys } from './list-api-keys.ts'
import { listInvitations } from './list-invitations.ts'
import { listMembers } from './list-members.ts'
import { listSecurityEvents } from './list-security-events.ts'
import { listSignIns } from './list-sign-ins.ts'
import { presentWorkspace } from './present.ts'
import { removeMember } from './remove-member.ts'
import { revokeApiKey } from './revoke-api-key.ts'
import { showInvitation } from './show-invitation.ts'
import { showMe } from './show-me.ts'
import { showWorkspace } from './show-workspace.ts'
import { updateWorkspace } from './update-workspace.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'

const open = implement(contract.accounts).$context<ApiContext>()
const person = open.use(signedIn)
const member = open.use(inside)

/**
 * All routes but `openSample`, which needs every module: the app adds it, with `createPerson`,
 * `createWorkspace` and `openSession` of the front door.
 */
export const accountsApi = {
  start: open.start.handler(({ context: { platform } }) => ({
    google: platform.config.google !== undefined,
    sandboxUrl: platform.config.sandboxUrl ?? null,
    sample: platform.config.sandboxUrl !== undefined,
  })),
  showInvitation: open.showInvitation.handler(({ context: { platform, request }, input }) =>
    showInvitation(platform, request, input.token),
  ),

  me: person.me.handler(({ context }) => showMe(context.visitor)),
  securityLog: person.securityLog.handler(({ context, input }) =>
    listSecurityEvents(context.visitor, input),
  ),
  signIns: person.signIns.handler(({ context }) => listSignIns(context.visitor)),
  endSignIn: person.endSignIn.handler(({ context, input }) => endSignIn(context.visitor, input.id)),
  createWorkspace: person.createWorkspace.handler(async ({ context, input }) =>
    presentWorkspace(await createWorkspace(context.visitor, context.visitor.personId, input)),
  ),
  acceptInvitation: person.acceptInvitation.handler(({ context, input }) =>
    acceptInvitation(context.visitor, input.token),
  ),

  workspace: member.workspace.handler(({ context }) => showWorkspace(context.caller)),
  updateWorkspace: member.updateWorkspace.handler(({ context, input }) =>
    updateWorkspace(context.caller, input),
  ),
  members: member.members.handler(({ context }) => listMembers(context.caller)),
  changeRole: member.changeRole.handler(({ context, input }) =>
    changeRole(context.caller, input.id, input.role),
  ),
  removeMember: member.removeMember.handler(({ context, input }) =>
    removeMember(context.caller, input.id),
  ),
  invitations: member.invitations.handler(({ context }) => listInvitations(context.caller)),
  invite: member.invite.handler(({ context, input }) => inviteMember(context.caller, input)),
  withdrawInvitation: member.withdrawInvitation.handler(({ context, input }) =>
    withdrawInvitation(context.caller, input.id),
  ),
  apiKeys: member.apiKeys.handler(({ context }) => listApiKeys(context.caller)),
  createApiKey: member.createApiKey.handler(({ context, input }) =>
    createApiKey(context.caller, input),
  ),
  revokeApiKey: member.revokeApiKey.handler(({ context, input }) =>
    revokeApiKey(context.caller, input.id),
  ),
}
