import { createAuthClient } from 'better-auth/client'

/** Sign-up, sign-in, password and Google, against `/api/auth` of this server. */
export const auth = createAuthClient({ baseURL: `${location.origin}/api/auth` })
