/** What the sign-in library answers when it refuses. */
export type AuthRefusal = {
  code?: string | undefined
  status: number
  message?: string | undefined
  /** Seconds to wait, from the answer's header. */
  retryAfter?: number | undefined
}

export type AuthFault = {
  /** Field of the form that it belongs to, or null for the whole form. */
  field: 'email' | 'password' | 'currentPassword' | null
  message: string
}

const byCode: Record<string, AuthFault> = {
  INVALID_EMAIL_OR_PASSWORD: {
    field: 'password',
    message: 'E-mail and password don’t go together. Check both, or reset the password.',
  },
  EMAIL_NOT_VERIFIED: {
    field: null,
    message: 'Your e-mail isn’t confirmed yet. Open the link in the mail we sent you.',
  },
  USER_ALREADY_EXISTS: {
    field: 'email',
    message: 'There is an account with this e-mail. Sign in instead.',
  },
  INVALID_EMAIL: { field: 'email', message: 'Write an e-mail address, such as ana@example.com.' },
  PASSWORD_TOO_SHORT: { field: 'password', message: 'Choose a longer password.' },
  PASSWORD_TOO_LONG: { field: 'password', message: 'Choose a password of at most 200 characters.' },
  PASSWORD_COMPROMISED: {
    field: 'password',
    message: 'This password is on lists of leaked passwords. Choose another.',
  },
  INVALID_PASSWORD: {
    field: 'currentPassword',
    message: 'This isn’t your current password.',
  },
  INVALID_TOKEN: {
    field: null,
    message: 'The link has been used or is too old. Ask for a new one.',
  },
}

/** The refusal in words for a person, and the field it belongs to. */
export function authWords(refusal: AuthRefusal): AuthFault {
  if (refusal.status === 429) return { field: null, message: tooMany(refusal.retryAfter) }
  const code = refusal.code?.startsWith('USER_ALREADY_EXISTS')
    ? 'USER_ALREADY_EXISTS'
    : refusal.code
  const known = code && Object.hasOwn(byCode, code) ? byCode[code] : undefined
  if (known) return known
  if (refusal.status === 0) {
    return {
      field: null,
      message: 'The server can’t be reached. Check your connection, then try again.',
    }
  }
  return {
    field: null,
    message: refusal.message || 'That did not work. Try again in a moment.',
  }
}

function tooMany(seconds: number | undefined): string {
  if (!seconds) return 'Too many tries. Wait a minute, then try again.'
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
  return `Too many tries. Wait ${wait}, then try again.`
}

const byRedirect: Record<string, string> = {
  account_not_linked:
    'There is an account with this e-mail already. Sign in with your password, then add Google under Security.',
  access_denied: 'You declined at Google. Nothing was changed.',
  token_expired: 'The link is too old. Sign in with your password and we send a new one.',
  invalid_token: 'The link has been used or is incomplete. Sign in with your password.',
}

/** Why a link or Google brought somebody back to the sign-in page with `?error=`. */
export function linkWords(error: string): string {
  const key = error.toLowerCase()
  const known = Object.hasOwn(byRedirect, key) ? byRedirect[key] : undefined
  return known ?? 'Nothing was changed. Try again, or sign in with e-mail and password.'
}
