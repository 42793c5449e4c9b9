import type { StoredImage } from '../../files.ts'
import type { Scene } from '../../seed/scenes.ts'

export type Account = {
  id: string
  username: string
  businessName: string
  accountType: 'PINNER' | 'BUSINESS'
  about: string
  websiteUrl: string
  followerCount: number
  followingCount: number
  monthlyViews: number
  avatar: Scene
}

export type Board = {
  id: string
  accountId: string
  name: string
  slug: string
  description: string | null
  privacy: 'PUBLIC' | 'PROTECTED' | 'SECRET'
  isAdsOnly: boolean
  followerCount: number
  createdAt: number
  pinsModifiedAt: number
}

export type Section = { id: string; boardId: string; name: string }

/** A picture of a pin: bytes that somebody sent, or a scene that is drawn when first looked at. */
export type Picture = StoredImage & { scene?: Scene }

export type CarouselItem = {
  picture: Picture
  title: string | null
  description: string | null
  link: string | null
}

export type PinMedia =
  | { type: 'image'; picture: Picture }
  | { type: 'carousel'; items: CarouselItem[] }
  | {
      type: 'video'
      mediaId: string
      file: string
      durationMs: number
      width: number
      height: number
      cover: Picture | null
      coverAtSecond: number | null
    }

export type Pin = {
  id: string
  accountId: string
  boardId: string
  sectionId: string | null
  title: string | null
  description: string | null
  link: string | null
  altText: string | null
  dominantColor: string | null
  parentPinId: string | null
  isStandard: boolean
  aiDisclosures: string[]
  media: PinMedia
  createdAt: number
}

export type VideoVerdict =
  | { ok: true; durationMs: number; width: number; height: number }
  | { ok: false; reason: string }

export type Media = {
  id: string
  accountId: string
  registeredAt: number
  /** Object key the upload must name. */
  uploadKey: string
  /** Stands for the vendor's signed policy: whoever holds it may upload until it expires. */
  policy: string
  signature: string
  policyExpiresAt: number
  file: string | null
  uploadedAt: number | null
  verdict: VideoVerdict | null
  mustFail: boolean
}

export type RateCategory = 'org_read' | 'org_write' | 'org_analytics'

export type App = {
  clientId: string
  clientSecret: string
  name: string
  tier: 'trial' | 'standard'
  /** Exact list; when empty, any http(s) address on localhost or 127.0.0.1 counts as registered. */
  redirectUris: string[]
  /** What happens to a refresh token that was already exchanged. */
  usedRefreshToken: 'refused' | 'accepted' | 'family-dies'
  /** Calls a minute (standard) or a day (trial) that differ from the vendor's own figures. */
  limits: Partial<Record<RateCategory, number>>
  /** Calls a second per person over all categories (standard). */
  perSecond: number
}

export type Grant = {
  id: string
  clientId: string
  accountId: string
  scopes: string[]
  createdAt: number
  revokedAt: number | null
}

export type Token = {
  value: string
  kind: 'access' | 'refresh'
  grantId: string
  scopes: string[]
  expiresAt: number
  used: boolean
}

export type Code = {
  value: string
  clientId: string
  accountId: string
  scopes: string[]
  redirectUri: string
  expiresAt: number
  /** The grant made from it, once used. */
  grantId: string | null
}
