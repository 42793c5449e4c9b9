import type { Readable } from 'node:stream'
import type { Manifest } from '../../../contract/networks.ts'
import type { EgressAnswer, EgressRequest } from '../../platform/egress.ts'

/** The app as the network knows it, and where it sends people back to. */
export type OAuthApp = { clientId: string; clientSecret: string; redirectUri: string }

/** An adapter's way out: to its own hosts only, for the connection's workspace. */
export type Ask = (
  request: Omit<EgressRequest, 'processor' | 'workspaceId'>,
) => Promise<EgressAnswer>

/** What consent gave us. Times are computed from what the network said, never assumed. */
export type Grant = {
  accessToken: string
  refreshToken: string | null
  accessExpiresAt: Date | null
  refreshExpiresAt: Date | null
  scopes: string[]
}

/** Who an account is, as the network says right now. Of this only `id` is ever stored. */
export type Account = {
  id: string
  username: string
  name: string
  kind: string | null
  url: string | null
  avatarUrl: string | null
}

export type Place = { id: string; name: string; private: boolean; count: number | null }
export type Places = { items: Place[]; nextCursor: string | null }

export type OutgoingFile = {
  contentType: string
  bytes: number
  read(): Promise<Buffer>
  open(): Promise<Readable>
}
export type OutgoingMedia =
  | { kind: 'image'; file: OutgoingFile; altText: string }
  | {
      kind: 'video'
      file: OutgoingFile
      altText: string
      durationMs: number
      cover: OutgoingFile | null
    }

/** A post as it goes to one connection, checked and approved. */
export type Outgoing = {
  title: string
  body: string
  link: string
  media: OutgoingMedia[]
  destination: { id: string; childId: string | null } | null
}

/** Ids that find the work again. Small, JSON, no secrets. */
export type Handle = Record<string, string | number | null>

/** `wait`: the network is still at work; call again with the handle after `ms`. */
export type Prepared =
  | { kind: 'ready'; handle: Handle; words: string }
  | { kind: 'wait'; handle: Handle; ms: number; words: string }

export type Published = { externalId: string; externalUrl: string; words: string; detail: string }
/** `confirming`: accepted, but not yet visible. */
export type Submitted =
  | ({ kind: 'published' } & Published)
  | { kind: 'confirming'; handle: Handle; ms: number; words: string; detail: string }

/** What a look at the network found while the outcome of a submit is unknown. */
export type Look = {
  /** Everything there that could be ours, newest first. Ids that other targets own are sorted out later. */
  candidates: { externalId: string; externalUrl: string }[]
  words: string
  detail: string
}

/** How long to look for a post whose submit got no answer (ms), and how often. */
export type SettlePolicy = {
  firstLookMs: number
  betweenLooksMs: number
  /** Looks that must find nothing, at least this long after the call could still arrive... */
  looks: number
  absentAfterMs: number
  /** ...before it may be submitted once more. */
  resubmits: number
}

/** What one call needs: the way out, and whose token it carries. */
export type Session = { ask: Ask; accessToken: string; now: Date }

/**
 * Everything that Avow knows of one network. The only place where its name, hosts, fields and
 * limits may stand. All calls throw `NetworkError`.
 */
export type Adapter = {
  manifest: Manifest
  /** Hosts that it talks to; the register of recipients is made from these. */
  hosts: readonly string[]
  /** Longest that a submit is waited for, ms. */
  submitTimeoutMs: number
  settle: SettlePolicy

  authorizeUrl(app: OAuthApp, state: string): string
  /** Reads what the network says as it sends the person back. */
  readCallback(
    query: URLSearchParams,
  ): { kind: 'code'; code: string } | { kind: 'declined' } | { kind: 'failed'; words: string }
  exchangeCode(ask: Ask, app: OAuthApp, code: string, now: Date): Promise<Grant>
  refresh(ask: Ask, app: OAuthApp, refreshToken: string, now: Date): Promise<Grant>
  account(session: Session): Promise<Account>
  places(session: Session, cursor: string | undefined): Promise<Places>
  childPlaces(session: Session, placeId: string, cursor: string | undefined): Promise<Places>

  /** What tells this post from others at the same place: equal for posts that look the same. */
  fingerprint(outgoing: Outgoing): string
  /** Reversible work before the post itself: uploads. Called again with its own handle after a crash. */
  prepare(session: Session, outgoing: Outgoing, handle: Handle | null): Promise<Prepared>
  /** The one irreversible call. */
  submit(session: Session, outgoing: Outgoing, handle: Handle): Promise<Submitted>
  /** Looks for a post that may have been made at or after `armedAt`. Changes nothing. */
  look(session: Session, outgoing: Outgoing, handle: Handle, armedAt: Date): Promise<Look>
  /** The id of a post from the address that a person gave, or null if it is not one. */
  externalIdOf(url: string): string | null
  externalUrl(externalId: string): string
}

export type NetworkErrorKind =
  | 'rejected'
  | 'retryable'
  | 'quota'
  | 'reauthorise'
  | 'unknown_outcome'

/**
 * - `rejected`: the network refuses this content or place; trying again changes nothing.
 * - `retryable`: surely before any effect; the same again later.
 * - `quota`: surely before any effect; not before `until`.
 * - `reauthorise`: the token or its scopes do not suffice. `tokenRefused`: a refresh may help.
 * - `unknown_outcome`: it may have been done. Never repeat; look.
 */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
  readonly kind: NetworkErrorKind
  /** For a person: what the network said, and what to do. */
  readonly words: string
  /** For an engineer: method, path, status, code, request id. No secrets. */
  readonly detail: string
  readonly until: Date | null
  readonly tokenRefused: boolean

  constructor(
    kind: NetworkErrorKind,
    parts: { words: string; detail: string; until?: Date; tokenRefused?: boolean; cause?: unknown },
  ) {
    super(`${kind}: ${parts.detail}`, { cause: parts.cause })
    this.kind = kind
    this.words = parts.words
    this.detail = parts.detail
    this.until = parts.until ?? null
    this.tokenRefused = parts.tokenRefused ?? false
  }
}
