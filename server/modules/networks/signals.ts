import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'

const connection = z.object({ workspaceId: z.uuid(), connectionId: z.uuid() })

/*
 * Events; their subject is the connection.
 */
export const connectionMade = 'connection.connected'
export const connectionRestoredEvent = 'connection.restored'
export const connectionChanged = 'connection.changed'
export const connectionNeedsSignIn = 'connection.needs_sign_in'
export const connectionRevoked = 'connection.revoked'

/** Somebody signed in again: what was held for this connection may go on. Publishing works on it. */
export const connectionRestored = defineJob('connection-restored', connection)
/** Tells those who may that they must sign in again, by mail. */
export const tellSignInNeeded = defineJob('tell-sign-in-needed', connection)
/** Exchanges tokens of connections that nobody uses, before they end. At 41 minutes past each hour. */
export const renewAheadJob = defineJob('renew-tokens-ahead', z.object({}), {
  cron: '41 * * * *',
  retries: 3,
  retrySeconds: 60,
  parallel: 1,
})
