import { implement } from '@orpc/server'
import { contract } from '../../contract/index.ts'
import {
  createPerson,
  createWorkspace,
  demandOurPages,
  ipKey,
  openSession,
  rateLimits,
} from '../modules/accounts/index.ts'
import type { ApiContext, ApiRequest } from '../platform/api.ts'
import { type Platform, scopeOf } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { fillSample } from './signals.ts'

/** A workspace to look around in, of a person of its own who is signed in at once. */
export const openSample = implement(contract.accounts.openSample)
  .$context<ApiContext>()
  .handler(async ({ context: { platform, request } }) => {
    if (platform.config.sandboxUrl === undefined) {
      throw new AppError('not_found', { message: 'There is no sample here.' })
    }
    demandOurPages(request, platform.config.url)
    await demandNotTooOften(platform, request)
    return { workspaceId: await open(platform, request) }
  })

async function open(platform: Platform, request: ApiRequest): Promise<string> {
  // A domain that can receive no mail (RFC 2606).
  const email = `sample-${newId()}@avow.example`
  const personId = await createPerson(platform, { name: 'Robin Sample', email })
  const { id: workspaceId } = await createWorkspace(platform, personId, {
    name: 'Fern & Bloom (sample)',
    timeZone: 'Europe/Amsterdam',
    weekStart: 1,
    sample: true,
  })
  await scopeOf(platform, workspaceId).tx((tx) =>
    platform.jobs.send(tx, fillSample, { workspaceId, personId, pass: 0 }),
  )
  await openSession(platform, request, personId)
  return workspaceId
}

async function demandNotTooOften({ database }: Platform, request: ApiRequest): Promise<void> {
  const verdict = await rateLimits(database).take('sample', 'ip', ipKey(request.ip))
  if (verdict.ok) return
  request.answerHeader('Retry-After', String(verdict.resetSeconds))
  throw new AppError('rate_limited', {
    message: 'The sample was opened too often from here.',
    fix: `Try again in ${Math.ceil(verdict.resetSeconds / 60)} minutes.`,
    details: { retryAfterSeconds: verdict.resetSeconds },
  })
}
