import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { randomText } from '../../random.ts'

export type Person = {
  sub: string
  email: string
  emailVerified: boolean
  name: string
  givenName: string
  familyName: string
  /** Set for people of a Workspace: its domain. */
  hd: string | null
  /** Hue of the drawn portrait, in degrees. */
  hue: number
}

export type GoogleClient = { clientId: string; clientSecret: string; redirectUris: string[] }

export type GoogleCode = {
  value: string
  clientId: string
  sub: string
  scope: string
  redirectUri: string
  nonce: string | null
  codeChallenge: string | null
  expiresAt: number
  isOffline: boolean
  isUsed: boolean
}

export type GoogleToken = {
  value: string
  kind: 'access' | 'refresh'
  clientId: string
  sub: string
  scope: string
  expiresAt: number | null
}

export const PEOPLE: Person[] = [
  person('110248495921238986420', 'Maya Lindqvist', 'maya.lindqvist@gmail.com', { hue: 152 }),
  person('113094402914855219007', 'Tomas Okafor', 'tomas@harbourbakery.example', {
    hd: 'harbourbakery.example',
    hue: 28,
  }),
  person('102871136570044481932', 'Iris Chen', 'iris.chen@oakandiron.example', {
    emailVerified: false,
    hue: 262,
  }),
]

/** A person of Google; the parts of the name are taken from the whole. */
export function person(
  sub: string,
  name: string,
  email: string,
  more: Partial<Pick<Person, 'emailVerified' | 'hd' | 'hue'>> = {},
): Person {
  const [givenName = name, ...rest] = name.split(' ')
  return {
    sub,
    email,
    name,
    givenName,
    familyName: rest.join(' '),
    emailVerified: more.emailVerified ?? true,
    hd: more.hd ?? null,
    hue: more.hue ?? 210,
  }
}

type SigningKey = { kid: string; privateJwk: JWK }

/** Google's sign-in as this sandbox knows it. */
export class GoogleState {
  readonly people = new Map<string, Person>()
  readonly clients = new Map<string, GoogleClient>()
  readonly codes = new Map<string, GoogleCode>()
  readonly tokens = new Map<string, GoogleToken>()
  #key: Promise<SigningKey> | undefined
  #savedKey: SigningKey | null = null

  constructor() {
    this.clear()
  }

  /** People and clients back to the first day. The signing key stays: relying parties cache it. */
  clear(): void {
    for (const map of [this.people, this.clients, this.codes, this.tokens]) map.clear()
    for (const one of PEOPLE) this.people.set(one.sub, { ...one })
    this.clients.set('sandbox-google-client', {
      clientId: 'sandbox-google-client',
      clientSecret: 'sandbox-google-secret',
      redirectUris: [],
    })
  }

  /** Made on first use: a start that nobody signs in with Google on does not wait for it. */
  async signingKey() {
    this.#key ??= this.#savedKey ? Promise.resolve(this.#savedKey) : this.#makeKey()
    const { kid, privateJwk } = await this.#key
    const { kty, n, e } = privateJwk
    return {
      kid,
      privateKey: await importJWK(privateJwk, 'RS256'),
      publicJwk: { kty: kty ?? 'RSA', n, e, kid, use: 'sig', alg: 'RS256' },
    }
  }

  async #makeKey(): Promise<SigningKey> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const key = { kid: randomText(40).toLowerCase(), privateJwk: await exportJWK(privateKey) }
    this.#savedKey = key
    return key
  }

  snapshot() {
    return {
      people: [...this.people.values()],
      clients: [...this.clients.values()],
      codes: [...this.codes.values()],
      tokens: [...this.tokens.values()],
      key: this.#savedKey,
    }
  }

  restore(saved: ReturnType<GoogleState['snapshot']>): void {
    this.clear()
    for (const one of saved.people) this.people.set(one.sub, one)
    for (const client of saved.clients) this.clients.set(client.clientId, client)
    for (const code of saved.codes) this.codes.set(code.value, code)
    for (const token of saved.tokens) this.tokens.set(token.value, token)
    this.#savedKey = saved.key
    this.#key = undefined
  }
}
