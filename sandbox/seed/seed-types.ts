import type { Scene } from './scenes.ts'

export type SeedPin = {
  title: string
  description: string
  scene: Scene['kind']
  alt: string
  section?: string
  /** Further pictures make it a carousel. */
  more?: Scene['kind'][]
}

type SeedBoard = {
  name: string
  description: string
  privacy?: 'PUBLIC' | 'PROTECTED' | 'SECRET'
  sections?: string[]
  pins: SeedPin[]
}

export type SeedBusiness = {
  username: string
  businessName: string
  about: string
  websiteUrl: string
  followerCount: number
  followingCount: number
  monthlyViews: number
  boards: SeedBoard[]
}

/** A pin in one line. */
export const pin = (
  scene: SeedPin['scene'],
  title: string,
  description: string,
  alt: string,
  more: Pick<SeedPin, 'section' | 'more'> = {},
): SeedPin => ({ scene, title, description, alt, ...more })
