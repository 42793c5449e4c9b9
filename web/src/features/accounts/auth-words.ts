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
  PASSWORD_TOO_LONG: { field: 'password', message: 'Choose a password of at most 128 characters.' },
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
  const known = code ? byCode[code] : undefined
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
