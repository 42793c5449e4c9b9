import type { World } from '../../world.ts'
import type { Account, Board, Picture, Pin, PinMedia } from './types.ts'

/** Pinterest's times have whole seconds: whoever compares them with its own must round down. */
function presentTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** Address of a picture in one of Pinterest's sizes: `150x150`, `400x300`, `600x`, `1200x` or `originals`. */
export function pictureUrl(picture: Picture, size: string): string {
  const name = picture.file
  const folders = `${name.slice(0, 2)}/${name.slice(2, 4)}/${name.slice(4, 6)}`
  const ending = picture.type === 'png' ? 'png' : 'jpg'
  return `https://i.pinimg.com/${size}/${folders}/${name}.${ending}`
}

export function avatarUrl(account: Account): string {
  return `https://i.pinimg.com/280x280_RS/avatars/${account.id}.jpg`
}

function presentImages(picture: Picture) {
  const tall = (width: number) => ({
    width,
    height: Math.round((picture.height / picture.width) * width),
    url: pictureUrl(picture, `${width}x`),
  })
  return {
    '150x150': { width: 150, height: 150, url: pictureUrl(picture, '150x150') },
    '400x300': { width: 400, height: 300, url: pictureUrl(picture, '400x300') },
    '600x': tall(600),
    '1200x': tall(1200),
  }
}

export function presentAccount(world: World, account: Account) {
  const { pinterest } = world
  return {
    id: account.id,
    username: account.username,
    account_type: account.accountType,
    business_name: account.accountType === 'BUSINESS' ? account.businessName : null,
    about: account.about,
    profile_image: avatarUrl(account),
    website_url: account.websiteUrl,
    board_count: pinterest.boardsOf(account.id).size,
    pin_count: pinterest.pinsOn(account.id).size,
    follower_count: account.followerCount,
    following_count: account.followingCount,
    monthly_views: account.monthlyViews,
  }
}

export function presentBoard(world: World, board: Board) {
  const { pinterest } = world
  const newest = pinterest
    .pinsOn(board.id)
    .page(4)
    .ids.map((id) => pinterest.pins.get(id))
    .map((pin) => pin && coverOf(pin.media))
    .filter((picture) => picture !== undefined)
  const [cover, ...others] = newest
  return {
    id: board.id,
    name: board.name,
    description: board.description,
    owner: { username: pinterest.accounts.get(board.accountId)?.username ?? '' },
    privacy: board.privacy,
    is_ads_only: board.isAdsOnly,
    created_at: presentTime(board.createdAt),
    board_pins_modified_at: presentTime(board.pinsModifiedAt),
    pin_count: pinterest.pinsOn(board.id).size,
    follower_count: board.followerCount,
    collaborator_count: 0,
    media: {
      image_cover_url: cover ? pictureUrl(cover, '400x300') : null,
      pin_thumbnail_urls: others.map((picture) => pictureUrl(picture, '150x150')),
    },
  }
}

/** The picture that stands for a pin: itself, the first of a carousel, a video's cover. */
export function coverOf(media: PinMedia): Picture | undefined {
  switch (media.type) {
    case 'image':
      return media.picture
    case 'carousel':
      return media.items[0]?.picture
    case 'video':
      return media.cover ?? undefined
  }
}

export function presentPin(world: World, pin: Pin, viewer: Account) {
  const owner = world.pinterest.accounts.get(pin.accountId)
  return {
    id: pin.id,
    created_at: presentTime(pin.createdAt),
    link: pin.link,
    title: pin.title,
    description: pin.description,
    alt_text: pin.altText,
    dominant_color: pin.dominantColor,
    board_id: pin.boardId,
    board_section_id: pin.sectionId,
    board_owner: { username: owner?.username ?? '' },
    creative_type: CREATIVE_TYPES[pin.media.type],
    is_owner: pin.accountId === viewer.id,
    is_standard: pin.isStandard,
    has_been_promoted: false,
    parent_pin_id: pin.parentPinId,
    pin_metrics: null,
    media: presentMedia(pin.media),
  }
}

export const CREATIVE_TYPES = { image: 'REGULAR', carousel: 'CAROUSEL', video: 'VIDEO' } as const

function presentMedia(media: PinMedia) {
  switch (media.type) {
    case 'image':
      return { media_type: 'image', images: presentImages(media.picture) }
    case 'carousel':
      return {
        media_type: 'multiple_images',
        items: media.items.map(({ picture, title, description, link }) => ({
          item_type: 'image',
          title,
          description,
          link,
          images: presentImages(picture),
        })),
      }
    case 'video':
      return {
        media_type: 'video',
        duration: media.durationMs,
        width: media.width,
        height: media.height,
        // Limited to chosen apps, says the description; this app is none of them.
        video_url: null,
        ...(media.cover
          ? {
              cover_image_url: pictureUrl(media.cover, 'originals'),
              images: presentImages(media.cover),
            }
          : {}),
      }
  }
}
