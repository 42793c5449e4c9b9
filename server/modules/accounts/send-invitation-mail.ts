import { type Platform, scopeOf } from '../../platform/context.ts'
import { randomToken } from '../../platform/crypto.ts'
import { renderMail } from '../../platform/mail-layout.ts'
import { lifetimes } from './rules.ts'
import { selectInvitations, selectWorkspace } from './store.ts'
import { saveToken } from './token-store.ts'

/**
 * Mails an invitation. Its link is made here and now, and only its hash is kept; a second try makes
 * a new one, and the link of the first stops.
 */
export async function sendInvitationMail(
  platform: Platform,
  { workspaceId, invitationId }: { workspaceId: string; invitationId: string },
): Promise<void> {
  const token = randomToken('inv_')
  const found = await scopeOf(platform, workspaceId).tx(async (tx) => {
    const [row] = await selectInvitations(tx, workspaceId, invitationId)
    if (!row) return undefined
    const { expiresAt } = row.invitation
    const about = { kind: 'invitation' as const, workspaceId, subjectId: invitationId, expiresAt }
    await saveToken(tx, token, about)
    return { ...row, workspace: await selectWorkspace(tx, workspaceId) }
  })
  // Withdrawn, replaced or accepted meanwhile.
  if (!found) return
  const { invitation, workspace } = found
  const inviter = found.inviter ?? 'Somebody'
  const { text, html } = renderMail({
    title: `Join ${workspace.name}`,
    paragraphs: [
      `${inviter} invites you to the workspace “${workspace.name}” on Avow, as ${invitation.role}.`,
    ],
    action: {
      label: 'See the invitation',
      url: `${platform.config.url}/invite?token=${encodeURIComponent(token)}`,
    },
    note: `The link works once, for ${lifetimes.invitationDays} days, and only for ${invitation.email}.`,
    footer:
      'You get this mail because somebody invited this address. If you do not know them, ignore it.',
  })
  await platform.mail.send({
    to: invitation.email,
    subject: `${inviter} invites you to ${workspace.name}`,
    text,
    html,
    kind: 'transactional',
    idempotencyKey: `invitation:${token}`,
    workspaceId,
  })
}
