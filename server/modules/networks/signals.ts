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
/** It cannot be used until somebody signs in again. Publishing works on it. */
export const connectionLost = defineJob('connection-lost', connection)

/** Gets a new pair of tokens before the old refresh token ends. Sends itself for the next time. */
export const refreshTokens = defineJob('refresh-tokens', connection.extend({ version: z.int() }))
