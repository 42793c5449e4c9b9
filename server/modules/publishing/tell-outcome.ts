import { type Platform, scopeOf } from '../../platform/context.ts'
import { renderMail } from '../../platform/mail-layout.ts'
import { peopleToTell } from '../accounts/index.ts'
import { findPost } from './store-posts.ts'
import { findTarget, newestApproval } from './store-targets.ts'

const subjects: Record<string, string> = {
  failed: 'A post did not go out',
  held: 'A post is on hold',
  needs_review: 'Please look: did this post go out?',
}

/** Writes to whoever approved the target, if it still is as it was when the mail was decided on. */
export async function tellOutcome(
  platform: Platform,
  {
    workspaceId,
    targetId,
    attemptId,
  }: { workspaceId: string; targetId: string; attemptId: string },
): Promise<void> {
  const scope = scopeOf(platform, workspaceId)
  const found = await scope.tx(async (tx) => {
    const target = await findTarget(tx, workspaceId, targetId)
    const post = target && (await findPost(tx, workspaceId, target.postId))
    const approval = await newestApproval(tx, workspaceId, targetId)
    return { target, post, toldFirst: approval?.approvedBy ?? post?.createdBy }
  })
  const { target, post } = found
  const subject = subjects[target?.state ?? '']
  if (!target || !post || !subject) return
  const people = await peopleToTell(scope, 'posts.publish')
  // Whoever approved it may have left: then all who could have are told.
  const concerned = people.filter((person) => person.personId === found.toldFirst)
  const { html, text } = renderMail({
    title: subject,
    paragraphs: [
      `“${(post.title || post.body || 'Untitled').slice(0, 80)}”`,
      target.reason?.replace(/^[a-z_]+: /, '') ?? '',
    ],
    footer: 'You get this because you publish with Avow. It is part of the service.',
    action: {
      label: 'Open the post',
      url: `${scope.config.url}/w/${workspaceId}/posts/${post.id}`,
    },
  })
  for (const person of concerned.length > 0 ? concerned : people) {
    await scope.mail.send({
      to: person.email,
      subject,
      html,
      text,
      kind: 'transactional',
      idempotencyKey: `outcome-${attemptId}-${person.personId}`,
    })
  }
}
