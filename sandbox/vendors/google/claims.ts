import type { Person } from './state.ts'

const portraitUrl = (person: Person) => `https://lh3.googleusercontent.com/a/${person.sub}=s96-c`

/** What the scopes let a client know about a person. */
export function claimsOf(person: Person, scope: string): { sub: string } & Record<string, unknown> {
  const scopes = scope.split(' ')
  const has = (...names: string[]) => names.some((name) => scopes.includes(name))
  return {
    sub: person.sub,
    ...(has('profile', 'https://www.googleapis.com/auth/userinfo.profile')
      ? {
          name: person.name,
          given_name: person.givenName,
          ...(person.familyName ? { family_name: person.familyName } : {}),
          picture: portraitUrl(person),
        }
      : {}),
    ...(has('email', 'https://www.googleapis.com/auth/userinfo.email')
      ? { email: person.email, email_verified: person.emailVerified }
      : {}),
    ...(person.hd ? { hd: person.hd } : {}),
  }
}
