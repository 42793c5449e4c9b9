import { type Platform, scopeOf } from '../../platform/context.ts'
import { renderMail } from '../../platform/mail-layout.ts'
import { peopleToTell } from '../accounts/index.ts'
import { adapterOf } from './registry.ts'
import { connectionRow } from './store.ts'

/** Writes to those who may connect that a connection needs them, if it still does. */
export async function tellSignInNeededByMail(
  platform: Platform,
  { workspaceId, connectionId }: { workspaceId: string; connectionId: string },
): Promise<void> {
  const scope = scopeOf(platform, workspaceId)
  const row = await scope.tx((tx) => connectionRow(tx, workspaceId, connectionId))
  if (row?.status !== 'needs_sign_in') return
  const { label } = adapterOf(row.network).manifest
  const title = `“${row.label}” needs you to sign in again`
  const { html, text } = renderMail({
    title,
    paragraphs: [
      row.statusReason ?? `${label} no longer accepts our sign-in.`,
      'Nothing is lost: posts that come due meanwhile wait for it.',
    ],
    action: {
      label: 'Open the connections',
      url: `${scope.config.url}/w/${workspaceId}/connections`,
    },
    footer: 'You get this because you manage connections with Avow. It is part of the service.',
  })
  for (const person of await peopleToTell(scope, 'connections.manage')) {
    await scope.mail.send({
      to: person.email,
      subject: title,
      html,
      text,
      kind: 'transactional',
      idempotencyKey: `sign-in-needed-${connectionId}-${row.tokenVersion}-${person.personId}`,
      workspaceId,
    })
  }
}
