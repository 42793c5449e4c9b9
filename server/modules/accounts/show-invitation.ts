import type { ApiRequest } from '../../platform/api.ts'
import type { Platform } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { openInvitation } from './open-invitation.ts'
import { ipKey, rateLimits } from './rate-limits.ts'

/** What an invitation says, for whoever holds its link. */
export async function showInvitation(platform: Platform, request: ApiRequest, token: string) {
  const verdict = await rateLimits(platform.database).take('link', 'ip', ipKey(request.ip))
  if (!verdict.ok) {
    request.answerHeader('Retry-After', String(verdict.resetSeconds))
    throw new AppError('rate_limited', {
      message: 'Too many tries.',
      fix: `Wait ${verdict.resetSeconds} seconds.`,
      details: { retryAfterSeconds: verdict.resetSeconds },
    })
  }
  return openInvitation(platform, token, async (_tx, _scope, found) => ({
    workspace: found.workspace,
    role: found.role,
    invitedBy: found.inviter,
    email: found.email,
  }))
}
