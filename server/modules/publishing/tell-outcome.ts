import { type Platform, scopeOf } from '../../platform/context.ts'
import { renderMail } from '../../platform/mail.ts'
import { contactOf } from '../accounts/index.ts'
import { findPost } from './store-posts.ts'
import { findApproval, findTarget } from './store-targets.ts'

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
  const mail = await scope.tx(async (tx) => {
    const target = await findTarget(tx, workspaceId, targetId)
    const subject = subjects[target?.state ?? '']
    if (!target || !subject) return null
    const post = await findPost(tx, workspaceId, target.postId)
    const approval = await findApproval(tx, workspaceId, targetId)
    const person = await contactOf(tx, scope, approval?.approvedBy ?? post?.createdBy ?? '')
    return person && post ? { target, post, subject, person } : null
  })
  if (!mail) return
  const { target, post, subject, person } = mail
  const { html, text } = renderMail({
    title: subject,
    paragraphs: [
      `“${(post.title || post.body || 'Untitled').slice(0, 80)}”`,
      target.reason?.replace(/^[a-z_]+: /, '') ?? '',
    ],
    action: {
      label: 'Open the post',
      url: `${scope.config.url}/w/${workspaceId}/posts/${post.id}`,
    },
  })
  await scope.mail.send({
    to: person.email,
    subject,
    html,
    text,
    kind: 'transactional',
    idempotencyKey: `outcome-${attemptId}`,
  })
}
