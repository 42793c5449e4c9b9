import { z } from 'zod'
import { Can, Cursor, Id, Instant, name, PageSize, page, route, text } from './base.ts'

export const AssetKind = z.enum(['image', 'video'])
export const AssetState = z.enum(['processing', 'ready', 'refused'])

export const Asset = z.object({
  id: Id,
  name: z.string(),
  kind: AssetKind.nullable(),
  state: AssetState,
  /** Why it was refused and what to do, or null. */
  refusal: z.string().nullable(),
  /** 0 to 1 while it is processed. */
  progress: z.number().nullable(),
  format: z.string().nullable(),
  bytes: z.number(),
  /** Upright, in pixels. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  durationMs: z.number().nullable(),
  altText: z.string(),
  /** Addresses on this server, signed, good for some hours. Metadata is stripped from all. */
  thumbnailUrl: z.string().nullable(),
  previewUrl: z.string().nullable(),
  videoUrl: z.string().nullable(),
  createdAt: Instant,
  can: z.object({ delete: Can }),
})
export type Asset = z.infer<typeof Asset>

/** Files are sent by the tus protocol (resumable) to this path, with metadata `name` and `type`. */
export const uploadPath = '/uploads'

export const media = {
  assets: route({ who: 'read' })
    .route({ method: 'GET', path: '/assets', summary: 'The library', tags: ['Library'] })
    .input(
      z.object({
        cursor: Cursor,
        limit: PageSize,
        kind: AssetKind.optional(),
        search: text(100).optional(),
      }),
    )
    .output(page(Asset)),
  asset: route({ who: 'read' })
    .route({ method: 'GET', path: '/assets/{id}', summary: 'One file', tags: ['Library'] })
    .input(z.object({ id: Id }))
    .output(Asset),
  updateAsset: route({ who: 'media.write' })
    .route({
      method: 'PATCH',
      path: '/assets/{id}',
      summary: 'Rename, or describe in words',
      tags: ['Library'],
    })
    .input(z.object({ id: Id, name: name(200).optional(), altText: text(500).optional() }))
    .output(Asset),
  deleteAsset: route({ who: 'media.write' })
    .route({
      method: 'DELETE',
      path: '/assets/{id}',
      summary: 'Delete a file that nothing needs',
      tags: ['Library'],
    })
    .input(z.object({ id: Id }))
    .output(z.object({ deleted: z.literal(true) })),
}
