import type { Scope } from '../../platform/context.ts'
import { EgressError } from '../../platform/egress.ts'
import { AppError } from '../../platform/errors.ts'
import { demandConnection } from './access.ts'
import { live } from './app-error.ts'
import { liveAccount } from './live-account.ts'

const mostBytes = 2 * 1024 * 1024
// Nothing that could carry a script.
const pictureTypes = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif'])

/** The account's picture, passed through: no browser of a visitor asks the network itself. */
export async function showAvatar(
  scope: Scope,
  id: string,
): Promise<{ contentType: string; body: Buffer }> {
  const { network } = await scope.tx((tx) => demandConnection(tx, scope, id))
  const { avatarUrl } = await live(scope.clock.now(), () => liveAccount(scope, id))
  if (avatarUrl === null) throw noPicture()
  try {
    const answer = await scope.egress.request({
      purpose: 'show what happened',
      processor: network,
      workspaceId: scope.workspaceId,
      url: avatarUrl,
      maxBytes: mostBytes,
      timeoutMs: 10_000,
    })
    const contentType = answer.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
    if (answer.status !== 200 || !pictureTypes.has(contentType)) throw noPicture()
    return { contentType, body: answer.body }
  } catch (error) {
    throw error instanceof EgressError ? noPicture(error) : error
  }
}

const noPicture = (cause?: unknown) =>
  new AppError('not_found', { message: 'The account has no picture.', cause })
