import { createSecretKey } from 'node:crypto'
import { APIError, createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import type { BetterAuthOptions } from 'better-auth/types'
import type { Platform } from '../../platform/context.ts'
import { deriveSecret, openText, randomToken, seal } from '../../platform/crypto.ts'
import { newId } from '../../platform/ids.ts'
import type { JobSignal } from '../../platform/jobs.ts'
import { googlePlugin } from './google.ts'
import { ipHeader } from './ip-header.ts'
import { noteFailedSignIn, noteSecurity } from './note-security.ts'
import { hashPassword, needsRehash, passwordMatches } from './password-hash.ts'
import { lifetimes, passwordLength, sameEmail } from './rules.ts'
import type { SecurityKind } from './security-words.ts'
import { confirmEmail, deleteUnconfirmed, hasOtherMethod, replaceHash } from './session-store.ts'
import { signInAdapter } from './sign-in-adapter.ts'
import { sendConfirmation, sendExistingAccount, sendPasswordReset } from './signals.ts'

export const authPath = '/api/auth'

const hour = 3600
const day = 24 * hour

/** `__Host-` binds the cookie to exactly this host (RFC 6265bis 4.1.3.2); it needs https. */
const cookiePrefix = (secure: boolean) => (secure ? '__Host-avow' : 'avow')
export const sessionCookie = (secure: boolean) => `${cookiePrefix(secure)}.session_token`

type Auth = ReturnType<typeof createSignIn>
const made = new WeakMap<object, Auth>()

/** The sign-in library, set up once for a platform. */
export function signIn(platform: Platform): Auth {
  const before = made.get(platform.database)
  if (before) return before
  const auth = createSignIn(platform)
  made.set(platform.database, auth)
  return auth
}

function createSignIn(platform: Platform) {
  const { config, database, clock, keyRing } = platform
  return betterAuth({
    appName: 'Avow',
    baseURL: config.url,
    basePath: authPath,
    secret: deriveSecret(keyRing, 'sign-in').toString('base64url'),
    trustedOrigins: [config.url],
    database: signInAdapter(database, clock),
    emailAndPassword: passwords(platform),
    emailVerification: confirmation(platform),
    session: {
      // The cookie's age. How long a sign-in really holds is decided at each use, in SQL.
      expiresIn: lifetimes.signInDays * day,
      disableSessionRefresh: true,
      freshAge: day,
    },
    account: {
      updateAccountOnSignIn: false,
      // Only from a session of the account itself: an equal e-mail address proves nothing.
      accountLinking: { enabled: true, disableImplicitLinking: true, allowDifferentEmails: true },
    },
    verification: { storeIdentifier: 'hashed' },
    plugins: config.google ? [googlePlugin(platform, config.google)] : [],
    databaseHooks: rowHooks(platform),
    hooks: callHooks(platform),
    // Ours hold over processes and restarts, see auth-routes.ts.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: cookiePrefix(config.secure),
      // The library's own switch would put __Secure- before the name.
      useSecureCookies: false,
      defaultCookieAttributes: {
        secure: config.secure,
        sameSite: 'lax',
        httpOnly: true,
        path: '/',
      },
      ipAddress: { ipAddressHeaders: [ipHeader] },
      // Said aloud: under test the library would leave its checks out.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      database: { generateId: () => newId() },
    },
    onAPIError: { errorURL: `${config.url}/sign-in` },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log(level, message, ...details: unknown[]) {
        const err = details.find((detail) => detail instanceof Error)
        platform.log[level === 'error' ? 'warn' : level]({ err, part: 'sign-in' }, message)
      },
    },
  } satisfies BetterAuthOptions)
}

type Options<Key extends keyof BetterAuthOptions> = NonNullable<BetterAuthOptions[Key]>

function passwords(platform: Platform): Options<'emailAndPassword'> {
  const { database } = platform
  return {
    enabled: true,
    requireEmailVerification: true,
    minPasswordLength: passwordLength.min,
    maxPasswordLength: passwordLength.max,
    resetPasswordTokenExpiresIn: lifetimes.passwordResetHours * hour,
    revokeSessionsOnPasswordReset: true,
    password: {
      hash: hashPassword,
      async verify({ hash, password }) {
        if (!(await passwordMatches(hash, password))) return false
        if (needsRehash(hash)) {
          const stronger = await hashPassword(password)
          await database.global((tx) => replaceHash(tx, hash, stronger))
        }
        return true
      },
    },
    sendResetPassword: ({ user, url }) =>
      enqueue(platform, sendPasswordReset, withNext(platform, user.id, url)),
    async onPasswordReset({ user }, request) {
      // The link came by mail, so the mailbox is theirs.
      await database.global((tx) => confirmEmail(tx, user.id))
      await noteSecurity(platform, user.id, 'password_reset', request?.headers)
    },
    onExistingUserSignUp: ({ user }) =>
      enqueue(platform, sendExistingAccount, { personId: user.id }),
  }
}

function confirmation(platform: Platform): Options<'emailVerification'> {
  return {
    sendOnSignUp: true,
    sendOnSignIn: true,
    autoSignInAfterVerification: true,
    expiresIn: lifetimes.confirmationHours * hour,
    sendVerificationEmail: ({ user, url }) =>
      enqueue(platform, sendConfirmation, withNext(platform, user.id, url)),
    afterEmailVerification: (user, request) =>
      noteSecurity(platform, user.id, 'email_confirmed', request?.headers),
  }
}

function enqueue<P extends object>(
  { database, jobs }: Platform,
  signal: JobSignal<P>,
  payload: P,
): Promise<void> {
  return database.global((tx) => jobs.send(tx, signal, payload))
}

const nextPlace = (personId: string) => ({
  table: 'job',
  column: 'next',
  row: personId,
  workspace: '',
  keyVersion: 1,
})
const nextKey = ({ keyRing }: Platform) => createSecretKey(deriveSecret(keyRing, 'mail-next'))

/** Where to go on to after the link in the mail: taken from the library's link, and sealed. */
function withNext(platform: Platform, personId: string, url: string) {
  const next = new URL(url).searchParams.get('callbackURL')
  return {
    personId,
    next: next ? seal(nextKey(platform), next.slice(0, 2000), nextPlace(personId)) : null,
  }
}

export function openNext(platform: Platform, personId: string, sealed: string | null): string {
  return sealed ? openText(nextKey(platform), sealed, nextPlace(personId)) : '/'
}

const kindBySignIn: Record<string, SecurityKind> = {
  '/sign-in/email': 'signed_in',
  '/callback/:id': 'signed_in_google',
  '/verify-email': 'signed_in_link',
}

function rowHooks(platform: Platform): Options<'databaseHooks'> {
  const noTokens = { accessToken: null, refreshToken: null, idToken: null, scope: null }
  return {
    user: {
      create: {
        before: async () => ({ data: { image: null } }),
        after: (user, context) => noteSecurity(platform, user.id, 'signed_up', context?.headers),
      },
      update: { before: async () => ({ data: { image: null } }) },
    },
    session: {
      create: {
        before: async (_session, context) => ({
          data: {
            token: randomToken(),
            expiresAt: new Date(Date.now() + lifetimes.signInIdleDays * day * 1000),
            ipAddress: context?.headers?.get(ipHeader) ?? null,
            userAgent: context?.headers?.get('user-agent')?.slice(0, 400) ?? null,
          },
        }),
        async after(session, context) {
          const kind = kindBySignIn[context?.path ?? '']
          if (kind) await noteSecurity(platform, session.userId, kind, context?.headers)
        },
      },
      delete: {
        async after(session, context) {
          if (context?.path !== '/sign-out') return
          await noteSecurity(platform, session.userId, 'signed_out', context.headers)
        },
      },
    },
    account: {
      create: {
        before: async () => ({ data: noTokens }),
        async after(account, context) {
          if (account.providerId !== 'google') return
          const { userId } = account
          const isSecond = await platform.database.global((tx) =>
            hasOtherMethod(tx, userId, 'google'),
          )
          if (isSecond) await noteSecurity(platform, userId, 'google_linked', context?.headers)
        },
      },
      update: { before: async () => ({ data: noTokens }) },
      delete: {
        async after(account, context) {
          if (account.providerId !== 'google') return
          await noteSecurity(platform, account.userId, 'google_unlinked', context?.headers)
        },
      },
    },
  }
}

function callHooks(platform: Platform): Options<'hooks'> {
  return {
    before: createAuthMiddleware(async (context) => {
      const { path } = context
      if (path === '/sign-up/email') {
        const email = sameEmail(String(context.body.email))
        await platform.database.global((tx) => deleteUnconfirmed(tx, email))
      }
      if (path === '/change-password') {
        return { context: { body: { ...context.body, revokeOtherSessions: true } } }
      }
      if (path === '/link-social') await demandFresh(await getSessionFromCtx(context))
      return undefined
    }),
    after: createAuthMiddleware(async (context) => {
      const { path, headers } = context
      const { returned, newSession } = context.context
      if (path === '/change-password' && newSession) {
        await noteSecurity(platform, newSession.user.id, 'password_changed', headers)
      }
      if (path === '/sign-in/email' && isAPIError(returned) && returned.statusCode === 401) {
        await noteFailedSignIn(platform, sameEmail(String(context.body.email)), headers)
      }
    }),
  }
}

/** A way to sign in is added only soon after signing in, so that a browser left open adds none. */
async function demandFresh(session: { session: { createdAt: Date } } | null): Promise<void> {
  if (!session || Date.now() - session.session.createdAt.getTime() < day * 1000) return
  throw new APIError('FORBIDDEN', {
    code: 'SESSION_NOT_FRESH',
    message: 'Sign in again first, then add Google.',
  })
}
