import { z } from 'zod'

/** Lengths count UTF-16 units; zod's own `max` counts an emoji as one. */
const text = (max: number) =>
  z.string().refine((value) => value.length <= max, {
    message: `must be at most ${max} characters`,
  })
const id = z.string().regex(/^\d+$/, 'must be a string of digits')
const link = text(2048).refine((value) => value === '' || isWebAddress(value), {
  message: 'must be an http or https URL',
})
const contentType = z.enum(['image/jpeg', 'image/png'])
const base64 = z.string().min(1, 'must not be empty')

function isWebAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url?.protocol === 'http:' || url?.protocol === 'https:'
}

const carouselWords = { title: text(100), description: text(800), link }

const mediaSource = z.discriminatedUnion('source_type', [
  z.strictObject({
    source_type: z.literal('image_base64'),
    content_type: contentType,
    data: base64,
    is_standard: z.boolean().optional(),
  }),
  z.strictObject({
    source_type: z.literal('image_url'),
    url: z.string(),
    is_standard: z.boolean().optional(),
  }),
  z.strictObject({
    source_type: z.literal('video_id'),
    media_id: id,
    cover_image_url: z.string().optional(),
    cover_image_content_type: contentType.optional(),
    cover_image_data: base64.optional(),
    cover_image_key_frame_time: z.int().min(0).optional(),
    is_standard: z.boolean().optional(),
  }),
  z.strictObject({
    source_type: z.literal('multiple_image_base64'),
    index: z.int().min(0).optional(),
    items: z
      .array(
        z
          .strictObject({ content_type: contentType, data: base64, ...carouselWords })
          .partial({ title: true, description: true, link: true }),
      )
      .min(2, 'must have at least 2 items')
      .max(5, 'must have at most 5 items'),
  }),
  z.strictObject({
    source_type: z.literal('multiple_image_urls'),
    index: z.int().min(0).optional(),
    items: z
      .array(
        z
          .strictObject({ url: z.string(), ...carouselWords })
          .partial({ title: true, description: true, link: true }),
      )
      .min(2, 'must have at least 2 items')
      .max(5, 'must have at most 5 items'),
  }),
])

export type MediaSource = z.infer<typeof mediaSource>

export const pinCreate = z.strictObject({
  board_id: id,
  board_section_id: id.nullish(),
  title: text(100).nullish(),
  description: text(800).nullish(),
  link: link.nullish(),
  alt_text: text(500).nullish(),
  dominant_color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a hex colour such as #6E7874')
    .nullish(),
  media_source: mediaSource,
  parent_pin_id: id.nullish(),
  sponsor_id: id.nullish(),
  ai_disclosures: z.strictObject({ values: z.array(z.string()).optional() }).optional(),
})

export const pinUpdate = z.strictObject({
  board_id: id.optional(),
  board_section_id: id.nullish(),
  title: text(100).nullish(),
  description: text(800).nullish(),
  link: link.nullish(),
  alt_text: text(500).nullish(),
  carousel_slots: z
    .array(z.strictObject(carouselWords).partial())
    .max(5, 'must have at most 5 items')
    .optional(),
})

const boardName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(50, 'must be at most 50 characters')

export const boardCreate = z.strictObject({
  name: boardName,
  description: text(500).nullish(),
  privacy: z.enum(['PUBLIC', 'PROTECTED', 'SECRET']).optional(),
  is_ads_only: z.boolean().optional(),
})

export const boardUpdate = z.strictObject({
  name: boardName.optional(),
  description: text(500).nullish(),
  privacy: z.enum(['PUBLIC', 'SECRET']).optional(),
})

export const sectionBody = z.strictObject({
  name: z.string().min(1, 'must not be empty').max(180, 'must be at most 180 characters'),
  id: z.string().optional(),
})

export const mediaCreate = z.strictObject({ media_type: z.literal('video') })

const adAccount = {
  ad_account_id: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
}
const flag = z.enum(['true', 'false']).optional()

export const noQuery = z.strictObject(adAccount)

/** Every list: an opaque bookmark and a page size. */
export const paging = z.strictObject({
  ...adAccount,
  bookmark: z.string().optional(),
  page_size: z.coerce.number().int().min(1).max(250).default(25),
})

export const boardListQuery = paging.extend({
  privacy: z.enum(['ALL', 'PUBLIC', 'PROTECTED', 'SECRET', 'PUBLIC_AND_SECRET']).default('ALL'),
})

export const pinListQuery = paging.extend({
  creative_types: z.string().optional(),
  pin_metrics: flag,
})

export const ownPinListQuery = pinListQuery.extend({
  pin_filter: z.enum(['exclude_native', 'exclude_repins', 'has_been_promoted']).optional(),
  include_protected_pins: flag,
  pin_type: z.enum(['PRIVATE']).optional(),
  domain: z.string().optional(),
  domains: z.string().optional(),
  include_product_tag_obj: flag,
})

export const pinQuery = z.strictObject({ ...adAccount, pin_metrics: flag })
