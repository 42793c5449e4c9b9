/** Everything that the security log of an account can say, in words for its person. */
export const securityWords = {
  signed_up: 'Account created',
  email_confirmed: 'E-mail address confirmed',
  signed_in: 'Signed in with a password',
  signed_in_google: 'Signed in with Google',
  signed_in_link: 'Signed in by confirming the e-mail address',
  sign_in_failed: 'Somebody tried to sign in with a wrong password',
  signed_out: 'Signed out',
  sign_in_ended: 'A sign-in on another device was ended',
  password_changed: 'Password changed; all other sign-ins ended',
  password_reset: 'Password reset by mail; all sign-ins ended',
  google_linked: 'Google was added as a way to sign in',
  google_unlinked: 'Google was removed as a way to sign in',
  api_key_created: 'An API key was created',
  api_key_revoked: 'An API key was revoked',
} as const

export type SecurityKind = keyof typeof securityWords

/** The kinds of which the person is told by mail too: each may be somebody else's doing. */
export const toldByMail: ReadonlySet<SecurityKind> = new Set([
  'password_changed',
  'password_reset',
  'google_linked',
  'google_unlinked',
])

export const wordsOf = (kind: string): string =>
  kind in securityWords ? securityWords[kind as SecurityKind] : kind
